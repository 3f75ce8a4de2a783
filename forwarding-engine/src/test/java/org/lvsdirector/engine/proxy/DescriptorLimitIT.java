// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DescriptorLimitIT {
  private static final int LIMIT = 120;

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "NIO"})
  void survivesTheEndOfFileDescriptorsWithoutSpinning(ProxySettings.Transport transport)
      throws Exception {
    var port = ProxyFixture.freePort();
    try (var backend = Backend.echo("1");
        var proxy = new Child(transport, port, backend)) {
      // Loads the classes, for which the process could not open a file later.
      await().until(() -> isServed(port));
      var clients = new ArrayList<Socket>();
      connect(port, clients, LIMIT);
      // A connection takes two descriptors. One that is left over lets clients in, to be given up.
      await()
          .until(
              () -> {
                var report = proxy.report();
                return report.get(0) + report.get(1) > 0;
              });
      proxy.hold();
      connect(port, clients, 10);
      await().until(() -> proxy.report().get(0) > 3);
      var before = proxy.report();
      await().until(() -> proxy.report().get(0) >= before.get(0) + 8);
      var after = proxy.report();
      assertThat(after.get(2) - before.get(2)).as("CPU ms in some 400 ms").isLessThan(200);
      assertThat(after.get(3)).as("served").isPositive();
      for (var client : clients) {
        client.close();
      }
      await().until(() -> isServed(port));
    }
  }

  private static void connect(int port, List<Socket> clients, int count) throws IOException {
    for (var i = 0; i < count; i++) {
      var client = new Socket();
      client.connect(new InetSocketAddress("127.77.0.1", port));
      clients.add(client);
    }
  }

  private static boolean isServed(int port) {
    try (var client = new Socket()) {
      client.setSoTimeout(1000);
      client.connect(new InetSocketAddress("127.77.0.1", port));
      return ProxyFixture.name(client).equals("1");
    } catch (IOException _) {
      return false;
    }
  }

  /** The process under test, with few file descriptors. */
  private static final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    Child(ProxySettings.Transport transport, int port, Backend backend) throws IOException {
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      process =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "ulimit -n " + LIMIT + "; exec \"$@\"",
                  "sh",
                  java,
                  "-XX:-MaxFDLimit",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ProxyProcess.class.getName(),
                  transport.name(),
                  String.valueOf(port),
                  backend.endpoint().address().toString(),
                  String.valueOf(backend.endpoint().port()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      output = process.inputReader();
      assertThat(output.readLine()).isNotNull();
    }

    /** Pauses of accepting, connections given up, CPU milliseconds, connections served. */
    List<Long> report() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      var line = output.readLine();
      assertThat(line).as("the process lives").isNotNull();
      return Arrays.stream(line.split(" ")).map(Long::valueOf).toList();
    }

    /** Lets the process open one file more, if it can. */
    void hold() throws IOException {
      process.getOutputStream().write('h');
      process.getOutputStream().flush();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
