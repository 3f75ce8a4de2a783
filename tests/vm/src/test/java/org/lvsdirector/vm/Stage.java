// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One director, alone and with nothing but an lvs.cf, in front of the two web servers.
 *
 * @param network the hosts
 * @param director the director, started
 */
record Stage(Network network, DirectorProcess director) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Looking costs time that the guest has little of. */
  private static final Duration POLL = Duration.ofMillis(500);

  /**
   * Builds the network, whose director forwards nothing by itself, and starts the director.
   *
   * @param more further words after {@code director run}
   */
  static Stage open(Path folder, LvsCfText lvsCf, String... more) throws IOException {
    var network = Network.open(folder);
    network.primary().sysctl("ipv4/ip_forward", "0");
    network.primary().sysctl("ipv6/conf/all/forwarding", "0");
    var director = DirectorProcess.alone(network.primary(), folder, lvsCf.toString());
    director.start(more);
    return new Stage(network, director);
  }

  /** Waits until it is active and so many servers are in the kernel's table, with weight 1. */
  void awaitServers(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(
            () -> {
              var servers =
                  ipvsadm("-Ln").lines().filter(line -> line.startsWith("  -> ")).toList();
              assertThat(servers.stream().filter(Stage::isWhole))
                  .as("%s%n%s", String.join("\n", servers), director.text())
                  .hasSize(count);
            });
    awaitSaid("CLAIMING->ACTIVE");
  }

  /** Waits until the director's log since its start has these words. */
  void awaitSaid(String words) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(() -> assertThat(director.text()).contains(words));
  }

  private static boolean isWhole(String line) {
    return line.matches("  -> \\S+ +(Masq|Route|Tunnel) +1 .*");
  }

  /** What ipvsadm says on the director. */
  String ipvsadm(String... words) throws IOException {
    return network.primary().run(concat("ipvsadm", words));
  }

  private static String[] concat(String first, String... rest) {
    var all = new java.util.ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() {
    director.close();
    network.close();
  }
}
