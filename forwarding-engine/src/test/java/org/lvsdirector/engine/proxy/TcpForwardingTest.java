// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;

@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO"})
@ExtendWith(NoLeaks.class)
@Timeout(60)
class TcpForwardingTest {
  private static final int MANY_BYTES = 24 << 20;

  private final ProxySettings.Transport transport;
  private ProxyFixture proxy;

  TcpForwardingTest(ProxySettings.Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() {
    proxy = ProxyFixture.on(transport);
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  @Test
  void manyBytesArriveUnchangedBothWaysAtOnce() throws Exception {
    var serverGot = new CompletableFuture<Long>();
    var backend =
        proxy.backend(
            client -> {
              try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var _ = threads.submit(() -> send(client, 2, MANY_BYTES));
                serverGot.complete(checksum(client.getInputStream()));
              }
            });
    var key = proxy.serve(backend.endpoint());
    try (var client = proxy.client(key);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clientGot = threads.submit(() -> checksum(client.getInputStream()));
      send(client, 1, MANY_BYTES);
      assertThat(clientGot.get()).isEqualTo(checksumOf(2, MANY_BYTES));
      assertThat(serverGot.get()).isEqualTo(checksumOf(1, MANY_BYTES));
    }
    var traffic = proxy.counters(key, backend.endpoint()).traffic();
    assertThat(traffic.inBytes()).isEqualTo(MANY_BYTES);
    assertThat(traffic.outBytes()).isEqualTo(MANY_BYTES);
    assertThat(proxy.counters(key)).isEqualTo(traffic);
  }

  @Test
  void serverAnswersAfterTheClientHasEndedItsDirection() throws Exception {
    var backend =
        proxy.backend(
            client -> {
              var request = client.getInputStream().readAllBytes();
              client.getOutputStream().write(request);
              client.close();
            });
    var client = proxy.client(proxy.serve(backend.endpoint()));
    client.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
    client.shutdownOutput();
    assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("question");
  }

  @Test
  void clientSendsAfterTheServerHasEndedItsDirection() throws Exception {
    var serverGot = new CompletableFuture<Long>();
    var backend =
        proxy.backend(
            client -> {
              client.shutdownOutput();
              serverGot.complete(checksum(client.getInputStream()));
            });
    var key = proxy.serve(backend.endpoint());
    var client = proxy.client(key);
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    assertThat(proxy.counters(key, backend.endpoint()).inactive()).isEqualTo(1);
    send(client, 3, 1 << 20);
    assertThat(serverGot.get()).isEqualTo(checksumOf(3, 1 << 20));
    await().until(() -> proxy.counters(key, backend.endpoint()).inactive() == 0);
  }

  @Test
  void resetByTheServerReachesTheClient() throws Exception {
    var backend =
        proxy.backend(
            client -> {
              client.getInputStream().readNBytes(1);
              reset(client);
            });
    var client = proxy.client(proxy.serve(backend.endpoint()));
    client.getOutputStream().write(1);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void resetByTheClientReachesTheServer() throws Exception {
    var backend =
        proxy.backend(
            client -> {
              client.getOutputStream().write(1);
              client.getInputStream().read();
            });
    var client = proxy.client(proxy.serve(backend.endpoint()));
    assertThat(client.getInputStream().read()).isEqualTo(1);
    reset(client);
    await().until(() -> !backend.failures().isEmpty());
    assertThat(backend.failures().getFirst())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void resetByAServerThatHadEndedItsDirectionReachesTheClient() throws Exception {
    var isHeard = new CompletableFuture<Boolean>();
    var backend =
        proxy.backend(
            client -> {
              client.shutdownOutput();
              assertThat(isHeard.get()).isTrue();
              reset(client);
            });
    var client = proxy.client(proxy.serve(backend.endpoint()));
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    isHeard.complete(true);
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> client.getOutputStream().write(1))
                    .isInstanceOf(SocketException.class));
  }

  @Test
  void whatTheServerSaidBeforeItBrokeIsDelivered() throws Exception {
    var backend =
        proxy.backend(
            client -> {
              client.getInputStream().readNBytes(1);
              client.getOutputStream().write("too much".getBytes(StandardCharsets.UTF_8));
              client.shutdownOutput();
              client.close();
            });
    var client = proxy.client(proxy.serve(backend.endpoint()));
    client.getOutputStream().write(1);
    assertThat(client.getInputStream().readNBytes(8)).asString().isEqualTo("too much");
    assertThatThrownBy(() -> send(client, 1, 4 << 20)).isInstanceOf(SocketException.class);
  }

  @Test
  void slowReaderHoldsTheSenderBackAndLosesNothing() throws Exception {
    var sent = new AtomicLong();
    var total = 96 << 20;
    var backend =
        proxy.backend(
            client -> {
              sendCounting(client, 4, total, sent);
              client.close();
            });
    var client = proxy.client(proxy.serve(backend.endpoint()));
    var before = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
    assertThat(sent.get()).isLessThan(total / 2);
    assertThat(checksum(client.getInputStream())).isEqualTo(checksumOf(4, total));
  }

  @Test
  void idleConnectionIsCutAsTheLastReloadSays() throws Exception {
    var backend = proxy.echo("1");
    var key = proxy.serve(backend.endpoint());
    var client = proxy.client(key);
    client.getOutputStream().write('a');
    assertThat(client.getInputStream().read()).isPositive();
    assertThat(proxy.counters(key, backend.endpoint()).active()).isEqualTo(1);
    var short1 = Duration.ofSeconds(1);
    proxy.engine().timeouts(new GlobalSettings(null, short1, short1, Duration.ZERO));
    await().until(() -> proxy.counters(key, backend.endpoint()).active() == 0);
  }

  @Test
  void connectionsOfAllKindsOfEndsLeaveNothingBehind() throws Exception {
    if (transport == ProxySettings.Transport.NIO) {
      proxy.close();
      proxy = new ProxyFixture(ProxyFixture.shortClosing(transport));
    }
    var backend = proxy.backend(client -> endSomehow(client, new Random(client.getPort())));
    var key = proxy.serve(backend.endpoint());
    for (var seed = 0; seed < 8; seed++) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var i = 0; i < 100; i++) {
          var random = new Random(seed * 1000L + i);
          var client = proxy.client(key);
          var _ =
              threads.submit(
                  () -> {
                    endSomehow(client, random);
                    return null;
                  });
        }
      }
      await()
          .untilAsserted(
              () -> {
                var counters = proxy.counters(key, backend.endpoint());
                assertThat(counters.active() + counters.inactive()).isZero();
              });
    }
    await().until(() -> backend.clients().stream().allMatch(Socket::isClosed));
    assertThat(proxy.engine().incidents().localFailures()).isZero();
  }

  /** Says and hears something, or not, and ends one way or another. */
  private static void endSomehow(Socket socket, Random random) throws IOException {
    try (socket) {
      for (var i = random.nextInt(4); i > 0; i--) {
        switch (random.nextInt(4)) {
          case 0 -> socket.getOutputStream().write(new byte[1 + random.nextInt(100_000)]);
          case 1 -> socket.shutdownOutput();
          case 2 -> {
            socket.setSoTimeout(1 + random.nextInt(20));
            var _ = socket.getInputStream().read(new byte[1 + random.nextInt(10_000)]);
          }
          default -> Thread.onSpinWait();
        }
      }
      if (random.nextBoolean()) {
        socket.setSoLinger(true, 0);
      }
    }
  }

  @Test
  void longTransferSurvivesChangesThatDoNotConcernIt() throws Exception {
    var total = 64 << 20;
    var backend =
        proxy.backend(
            client -> {
              send(client, 5, total);
              client.close();
            });
    var other = proxy.echo("o");
    var key = proxy.serve(backend.endpoint());
    var client = proxy.client(key);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var got = threads.submit(() -> checksum(client.getInputStream()));
      await().until(() -> proxy.counters(key, backend.endpoint()).active() == 1);
      for (var round = 0; round < 200; round++) {
        var unrelated = ProxyFixture.tcp(ProxyFixture.freePort());
        proxy.apply(
            new AddService(unrelated, ProxyFixture.settings(SchedulerName.WLC)),
            new AddServer(unrelated, ProxyFixture.server(other.endpoint(), 1)),
            new AddServer(key, ProxyFixture.server(other.endpoint(), 1)),
            new SetServer(key, ProxyFixture.server(backend.endpoint(), 0)),
            new SetServer(key, ProxyFixture.server(backend.endpoint(), 1 + round % 3)),
            new DeleteServer(key, other.endpoint()),
            new DeleteService(unrelated));
      }
      assertThat(got.get()).isEqualTo(checksumOf(5, total));
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static @Nullable Void send(Socket to, int seed, int bytes) throws IOException {
    sendCounting(to, seed, bytes, new AtomicLong());
    return null;
  }

  /** Sends pseudo-random bytes in writes of many sizes, and ends the direction. */
  private static void sendCounting(Socket to, int seed, int bytes, AtomicLong sent)
      throws IOException {
    var random = new Random(seed);
    var content = new Random(seed + 1000);
    OutputStream out = to.getOutputStream();
    for (var left = bytes; left > 0; ) {
      var chunk = new byte[Math.min(left, 1 + random.nextInt(200_000))];
      content.nextBytes(chunk);
      out.write(chunk);
      sent.addAndGet(chunk.length);
      left -= chunk.length;
    }
    to.shutdownOutput();
  }

  private static long checksumOf(int seed, int bytes) {
    var random = new Random(seed);
    var content = new Random(seed + 1000);
    var crc = new CRC32();
    for (var left = bytes; left > 0; ) {
      var chunk = new byte[Math.min(left, 1 + random.nextInt(200_000))];
      content.nextBytes(chunk);
      crc.update(chunk);
      left -= chunk.length;
    }
    return crc.getValue();
  }

  private static long checksum(InputStream in) throws IOException {
    var crc = new CRC32();
    var buffer = new byte[1 << 16];
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      crc.update(buffer, 0, read);
    }
    return crc.getValue();
  }
}
