// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;

@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO"})
@ExtendWith(NoLeaks.class)
@Timeout(60)
class ServerChoiceTest {
  private final ProxySettings.Transport transport;
  private ProxyFixture proxy;
  private Backend one;
  private Backend two;

  ServerChoiceTest(ProxySettings.Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() throws IOException {
    proxy = ProxyFixture.on(transport);
    one = proxy.echo("1");
    two = proxy.echo("2");
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  @Test
  void roundRobinUsesAllServersAlike() throws Exception {
    var key = proxy.serve(one.endpoint(), two.endpoint());
    assertThat(namesOf(key, 20)).isEqualTo(Map.of("1", 10, "2", 10));
    assertThat(proxy.counters(key, one.endpoint()).traffic().connections()).isEqualTo(10);
    assertThat(proxy.counters(key).connections()).isEqualTo(20);
  }

  @Test
  void connectionsAreActiveThenInactiveThenGone() throws Exception {
    var key = proxy.serve(one.endpoint());
    var clients = new ArrayList<Socket>();
    for (var i = 0; i < 5; i++) {
      var client = proxy.client(key);
      ProxyFixture.name(client);
      clients.add(client);
    }
    assertThat(proxy.counters(key, one.endpoint()).active()).isEqualTo(5);
    assertThat(proxy.counters(key, one.endpoint()).inactive()).isZero();
    for (var client : clients) {
      client.close();
    }
    await().until(() -> proxy.counters(key, one.endpoint()).active() == 0);
    await().until(() -> proxy.counters(key, one.endpoint()).inactive() == 0);
  }

  @Test
  void leastConnectionHeedsLiveCounts() throws Exception {
    var key = proxy.serve(ProxyFixture.settings(SchedulerName.LC), one.endpoint(), two.endpoint());
    var first = proxy.client(key);
    var busy = ProxyFixture.name(first);
    for (var i = 0; i < 4; i++) {
      try (var client = proxy.client(key)) {
        assertThat(ProxyFixture.name(client)).isNotEqualTo(busy);
      }
      await().until(() -> connections(key, one) + connections(key, two) == 1);
    }
  }

  @Test
  void quiescedServerKeepsItsConnectionsAndGetsNoNewOnes() throws Exception {
    var key = proxy.serve(one.endpoint(), two.endpoint());
    var held = clientOf(key, "1");
    proxy.apply(new SetServer(key, ProxyFixture.server(one.endpoint(), 0)));
    assertThat(namesOf(key, 6)).isEqualTo(Map.of("2", 6));
    assertThat(echoed(held)).isEqualTo("x");
  }

  @Test
  void fullServerGetsNoNewConnectionsUntilItHasRoomAgain() throws Exception {
    var key = proxy.serve(two.endpoint());
    proxy.apply(
        new DeleteServer(key, two.endpoint()),
        new AddServer(key, ProxyFixture.limited(one.endpoint(), 2, 2)),
        new AddServer(key, ProxyFixture.limited(two.endpoint(), 1, 1)));
    var held = new ArrayList<Socket>();
    var names = new HashMap<String, Integer>();
    for (var i = 0; i < 3; i++) {
      var client = proxy.client(key);
      names.merge(ProxyFixture.name(client), 1, Integer::sum);
      held.add(client);
    }
    assertThat(names).isEqualTo(Map.of("1", 2, "2", 1));
    assertRefused(key);
    held.getFirst().close();
    await().until(() -> connections(key, one) + connections(key, two) == 2);
    try (var client = proxy.client(key)) {
      assertThat(ProxyFixture.name(client)).isIn("1", "2");
    }
  }

  @Test
  void withoutUsableServerClientsAreResetAtOnceAndCounted() throws Exception {
    var key = proxy.serve();
    assertRefused(key);
    proxy.apply(new AddServer(key, ProxyFixture.server(one.endpoint(), 0)));
    assertRefused(key);
    assertThat(proxy.engine().incidents().unserved()).isEqualTo(2);
  }

  @Test
  void refusingServerIsPassedOver() throws Exception {
    var key = proxy.serve(ProxyFixture.closedPort(), one.endpoint(), ProxyFixture.closedPort());
    assertThat(namesOf(key, 6)).isEqualTo(Map.of("1", 6));
    assertThat(proxy.engine().incidents().connectFailures()).isPositive();
    await().until(() -> connections(key, one) == 0);
  }

  @Test
  void everySchedulerPassesOverARefusingServerOrRefuses() throws Exception {
    for (var scheduler : SchedulerName.values()) {
      var dead = ProxyFixture.closedPort();
      var key = proxy.serve(ProxyFixture.settings(scheduler), one.endpoint(), dead);
      for (var i = 0; i < 3; i++) {
        try (var client = proxy.client(key)) {
          var isHashing =
              scheduler == SchedulerName.SH
                  || scheduler == SchedulerName.DH
                  || scheduler == SchedulerName.MH;
          if (!isHashing) {
            assertThat(ProxyFixture.name(client)).as(scheduler.word()).isEqualTo("1");
          }
        }
      }
      await()
          .until(
              () -> {
                var counters = proxy.counters(key, dead);
                return counters.active() + counters.inactive() == 0;
              });
    }
  }

  @Test
  void clientIsResetWhenEveryServerRefuses() throws Exception {
    var key = proxy.serve(ProxyFixture.closedPort(), ProxyFixture.closedPort());
    assertRefused(key);
    assertThat(proxy.engine().incidents().connectFailures()).isEqualTo(2);
  }

  @Test
  void silentServerIsPassedOverAfterTheTimeoutAndEarlyBytesReachTheNextOne() throws Exception {
    try (var silent = new SilentPort()) {
      var key = proxy.serve(one.endpoint(), silent.endpoint());
      var client = proxy.client(key);
      client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("1hello");
      assertThat(proxy.engine().incidents().connectTimeouts()).isEqualTo(1);
    }
  }

  @Test
  void deletedServerLosesItsConnectionsAndOthersDoNot() throws Exception {
    var key = proxy.serve(one.endpoint(), two.endpoint());
    var ofOne = clientOf(key, "1");
    var ofTwo = clientOf(key, "2");
    proxy.apply(new DeleteServer(key, one.endpoint()));
    assertThatThrownBy(() -> ofOne.getInputStream().read()).isInstanceOf(SocketException.class);
    assertThat(echoed(ofTwo)).isEqualTo("x");
    assertThat(namesOf(key, 3)).isEqualTo(Map.of("2", 3));
  }

  @Test
  void deletedServiceLosesItsConnectionsAndItsPort() throws Exception {
    var key = proxy.serve(one.endpoint());
    var client = clientOf(key, "1");
    var other = proxy.serve(two.endpoint());
    var untouched = clientOf(other, "2");
    proxy.apply(new DeleteService(key));
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> proxy.client(key)).isInstanceOf(IOException.class);
    assertThat(echoed(untouched)).isEqualTo("x");
  }

  @Test
  void otherSchedulerTakesOverTheServers() throws Exception {
    var key = proxy.serve(one.endpoint(), two.endpoint());
    proxy.apply(
        new SetServer(key, ProxyFixture.server(two.endpoint(), 5)),
        new SetService(key, ProxyFixture.settings(SchedulerName.FO)));
    assertThat(namesOf(key, 4)).isEqualTo(Map.of("2", 4));
  }

  @Test
  void persistentClientStaysWithItsServer() throws Exception {
    var key =
        proxy.serve(
            ProxyFixture.persistent(Duration.ofMinutes(5), 24), one.endpoint(), two.endpoint());
    var first = nameFor(key, "127.5.1.1");
    for (var i = 2; i < 8; i++) {
      assertThat(nameFor(key, "127.5.1." + i)).isEqualTo(first);
    }
    assertThat(nameFor(key, "127.5.2.1")).isNotEqualTo(first);
    assertThat(proxy.counters(key, one.endpoint()).persistent()).isEqualTo(1);
    assertThat(proxy.counters(key, two.endpoint()).persistent()).isEqualTo(1);
  }

  @Test
  void persistentClientStaysWithAQuiescedOrFullServerButNotWithADeletedOne() throws Exception {
    var key =
        proxy.serve(
            ProxyFixture.persistent(Duration.ofMinutes(5), 32), one.endpoint(), two.endpoint());
    var name = nameFor(key, "127.5.1.1");
    var server = name.equals("1") ? one.endpoint() : two.endpoint();
    proxy.apply(new SetServer(key, ProxyFixture.server(server, 0)));
    assertThat(nameFor(key, "127.5.1.1")).isEqualTo(name);
    proxy.apply(new SetServer(key, ProxyFixture.limited(server, 1, 1)));
    try (var held = proxy.client(key, "127.5.1.1")) {
      assertThat(ProxyFixture.name(held)).isEqualTo(name);
      assertThat(nameFor(key, "127.5.1.1")).isEqualTo(name);
    }
    proxy.apply(new DeleteServer(key, server), new AddServer(key, ProxyFixture.server(server, 0)));
    assertThat(nameFor(key, "127.5.1.1")).isNotEqualTo(name);
  }

  @Test
  void persistenceRunsOutWhenTheClientStaysAway() throws Exception {
    var key =
        proxy.serve(
            ProxyFixture.persistent(Duration.ofMillis(100), 32), one.endpoint(), two.endpoint());
    nameFor(key, "127.5.1.1");
    await()
        .until(
            () ->
                proxy.counters(key, one.endpoint()).persistent()
                        + proxy.counters(key, two.endpoint()).persistent()
                    == 0);
  }

  @Test
  void failingServerLosesItsPersistentClientToTheNextOne() throws Exception {
    var dead = ProxyFixture.closedPort();
    var key = proxy.serve(ProxyFixture.persistent(Duration.ofMinutes(5), 32), one.endpoint(), dead);
    assertThat(nameFor(key, "127.5.1.1")).isEqualTo("1");
    assertThat(nameFor(key, "127.5.1.1")).isEqualTo("1");
    assertThat(proxy.counters(key, dead).persistent()).isZero();
    assertThat(proxy.engine().incidents().connectFailures()).isLessThanOrEqualTo(1);
  }

  private Map<String, Integer> namesOf(ServiceKey key, int times) throws IOException {
    var names = new HashMap<String, Integer>();
    for (var i = 0; i < times; i++) {
      try (var client = proxy.client(key)) {
        names.merge(ProxyFixture.name(client), 1, Integer::sum);
      }
    }
    return names;
  }

  private String nameFor(ServiceKey key, String source) throws IOException {
    try (var client = proxy.client(key, source)) {
      return ProxyFixture.name(client);
    }
  }

  /** A connection to the server of that name. */
  private Socket clientOf(ServiceKey key, String name) throws IOException {
    for (var i = 0; i < 8; i++) {
      var client = proxy.client(key);
      if (ProxyFixture.name(client).equals(name)) {
        return client;
      }
    }
    throw new AssertionError("no connection went to " + name);
  }

  private static String echoed(Socket client) throws IOException {
    client.getOutputStream().write('x');
    return ProxyFixture.name(client);
  }

  private int connections(ServiceKey key, Backend backend) {
    var counters = proxy.counters(key, backend.endpoint());
    return counters.active() + counters.inactive();
  }

  private void assertRefused(ServiceKey key) {
    assertThatThrownBy(
            () -> {
              try (var client = proxy.client(key)) {
                client.getInputStream().read();
              }
            })
        .isInstanceOf(SocketException.class);
  }

  /** A port that answers no connection attempt, for its queue is full and nobody empties it. */
  private static final class SilentPort implements AutoCloseable {
    private final ServerSocket listening =
        new ServerSocket(0, 1, InetAddress.getByName("127.66.1.1"));
    private final ArrayList<SocketChannel> queued = new ArrayList<>();

    SilentPort() throws IOException {
      for (var i = 0; i < 4; i++) {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(listening.getLocalSocketAddress());
        queued.add(channel);
      }
    }

    Endpoint endpoint() {
      return new Endpoint(
          IpAddress.ofBytes(listening.getInetAddress().getAddress()), listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      for (var channel : queued) {
        channel.close();
      }
      listening.close();
    }
  }
}
