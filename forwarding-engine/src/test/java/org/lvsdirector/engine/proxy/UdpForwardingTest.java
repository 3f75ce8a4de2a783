// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;

@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO"})
@ExtendWith(NoLeaks.class)
@Timeout(60)
class UdpForwardingTest {
  private final ProxySettings.Transport transport;
  private ProxyFixture proxy;
  private Echo one;
  private Echo two;

  UdpForwardingTest(ProxySettings.Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() throws IOException {
    open(ProxyFixture.settings(transport));
  }

  private void open(ProxySettings settings) throws IOException {
    proxy = new ProxyFixture(settings);
    one = proxy.closing(new Echo("1"));
    two = proxy.closing(new Echo("2"));
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  @Test
  void flowKeepsItsServerAndFlowsAreSpread() throws Exception {
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    var names = new HashMap<String, Integer>();
    for (var i = 0; i < 10; i++) {
      var client = client(key);
      var first = ask(client, "a");
      assertThat(ask(client, "b").charAt(0)).isEqualTo(first.charAt(0));
      names.merge(first.substring(0, 1), 1, Integer::sum);
    }
    assertThat(names).isEqualTo(Map.of("1", 5, "2", 5));
    var counters = proxy.counters(key, one.endpoint());
    assertThat(counters.active()).isZero();
    assertThat(counters.inactive()).isEqualTo(5);
    assertThat(counters.traffic().connections()).isEqualTo(5);
    assertThat(counters.traffic().inPackets()).isEqualTo(10);
    assertThat(counters.traffic().outPackets()).isEqualTo(10);
    assertThat(counters.traffic().inBytes()).isEqualTo(10);
    assertThat(counters.traffic().outBytes()).isEqualTo(20);
    assertThat(proxy.counters(key).connections()).isEqualTo(10);
  }

  @Test
  void largeDatagramsPassUnchanged() throws Exception {
    var client = client(serve(ProxyFixture.settings(SchedulerName.RR)));
    var large = new byte[60_000];
    new Random(1).nextBytes(large);
    client.send(new DatagramPacket(large, large.length));
    var answer = receive(client);
    assertThat(Arrays.copyOfRange(answer, 1, answer.length)).isEqualTo(large);
  }

  @Test
  void silentFlowIsForgottenAndScheduledAnew() throws Exception {
    reopen(Duration.ofMillis(150), 4096);
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    var client = client(key);
    var first = ask(client, "a").substring(0, 1);
    await().until(() -> connections(key) == 0);
    assertThat(ask(client, "a").substring(0, 1)).isNotEqualTo(first);
  }

  @Test
  void flowsLiveAsLongAsTheLastReloadSays() throws Exception {
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    var client = client(key);
    ask(client, "a");
    assertThat(connections(key)).isEqualTo(1);
    proxy.engine().timeouts(udp(Duration.ofMillis(150)));
    await().until(() -> connections(key) == 0);
    ask(client, "a");
    proxy.engine().timeouts(GlobalSettings.NONE);
    await().during(Duration.ofMillis(400)).until(() -> connections(key) == 1);
    proxy.engine().timeouts(udp(Duration.ofMillis(150)));
    await().until(() -> connections(key) == 0);
  }

  private static GlobalSettings udp(Duration timeout) {
    return new GlobalSettings(null, Duration.ZERO, Duration.ZERO, timeout);
  }

  @Test
  void longestIdleFlowEndsWhenThereAreTooMany() throws Exception {
    reopen(Duration.ofMinutes(5), 2);
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    var first = client(key);
    var second = client(key);
    var firstName = ask(first, "a");
    var secondName = ask(second, "a");
    assertThat(ask(first, "a")).isEqualTo(firstName);
    assertThat(ask(client(key), "a")).isEqualTo(firstName);
    assertThat(connections(key)).isEqualTo(2);
    assertThat(ask(first, "a")).isEqualTo(firstName);
    assertThat(ask(second, "a")).isEqualTo(secondName);
    assertThat(connections(key)).isEqualTo(2);
    assertThat(proxy.counters(key).connections()).isEqualTo(4);
  }

  private int connections(ServiceKey key) {
    return proxy.counters(key, one.endpoint()).inactive()
        + proxy.counters(key, two.endpoint()).inactive();
  }

  private void reopen(Duration flowTimeout, int flowLimit) throws IOException {
    proxy.close();
    var usual = ProxyFixture.settings(transport);
    open(
        new ProxySettings(
            transport,
            2,
            usual.connectTimeout(),
            usual.tcpIdleTimeout(),
            usual.tcpClosingTimeout(),
            flowTimeout,
            flowLimit));
  }

  @Test
  void flowOfADeletedServerGoesToAnotherOne() throws Exception {
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    var client = client(key);
    var name = ask(client, "a").substring(0, 1);
    var server = name.equals("1") ? one.endpoint() : two.endpoint();
    proxy.apply(new DeleteServer(key, server));
    await().until(() -> !ask(client, "a").startsWith(name));
  }

  @Test
  void flowOfAQuiescedServerGoesOn() throws Exception {
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    var client = client(key);
    var name = ask(client, "a").substring(0, 1);
    var server = name.equals("1") ? one.endpoint() : two.endpoint();
    proxy.apply(new SetServer(key, ProxyFixture.server(server, 0)));
    assertThat(ask(client, "b")).isEqualTo(name + "b");
    assertThat(ask(client(key), "c")).doesNotStartWith(name);
  }

  @Test
  void flowOfAServerWhosePortIsClosedIsScheduledAnew() throws Exception {
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    one.close();
    for (var i = 0; i < 4; i++) {
      var client = client(key);
      client.setSoTimeout(100);
      await()
          .ignoreException(SocketTimeoutException.class)
          .until(() -> ask(client, "a").equals("2a"));
    }
    assertThat(proxy.engine().incidents().connectFailures()).isPositive();
  }

  @Test
  void datagramWithoutUsableServerIsDroppedAndCounted() throws Exception {
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    proxy.apply(new DeleteServer(key, one.endpoint()), new DeleteServer(key, two.endpoint()));
    var client = client(key);
    client.setSoTimeout(50);
    assertThatThrownBy(() -> ask(client, "a")).isInstanceOf(SocketTimeoutException.class);
    assertThat(proxy.engine().incidents().unserved()).isEqualTo(1);
  }

  @Test
  void eachDatagramOfAOnePacketServiceIsScheduledAndNothingIsStored() throws Exception {
    var key = serve(new ServiceSettings(SchedulerName.RR, Set.of(), null, true));
    var client = client(key);
    var names = new HashMap<String, Integer>();
    for (var i = 0; i < 10; i++) {
      names.merge(ask(client, "a"), 1, Integer::sum);
    }
    assertThat(names).isEqualTo(Map.of("1a", 5, "2a", 5));
    assertThat(proxy.counters(key, one.endpoint()).inactive()).isZero();
    assertThat(proxy.counters(key, one.endpoint()).traffic().connections()).isEqualTo(5);
  }

  @Test
  void deletedOrReleasedServiceIsDeafAndForgetsItsFlows() throws Exception {
    var key = serve(ProxyFixture.settings(SchedulerName.RR));
    var client = client(key);
    client.setSoTimeout(50);
    ask(client, "a");
    proxy.engine().release();
    assertThatThrownBy(() -> ask(client, "a")).isInstanceOf(IOException.class);
    assertThat(proxy.counters(key, one.endpoint()).inactive()).isZero();
    assertThat(proxy.counters(key, two.endpoint()).inactive()).isZero();
    proxy.engine().acquire(List.of(ProxyFixture.VIRTUAL));
    assertThat(ask(client(key), "a")).endsWith("a");
    proxy.apply(new DeleteService(key));
    assertThatThrownBy(() -> ask(client, "a")).isInstanceOf(IOException.class);
  }

  @Test
  void persistentClientKeepsItsServerWithEveryPort() throws Exception {
    var key = serve(ProxyFixture.persistent(Duration.ofMinutes(5), 32));
    var name = ask(client(key), "a");
    for (var i = 0; i < 5; i++) {
      assertThat(ask(client(key), "a")).isEqualTo(name);
    }
  }

  private ServiceKey serve(ServiceSettings settings) throws IOException {
    var key = ProxyFixture.udp(ProxyFixture.freePort());
    proxy.apply(
        new AddService(key, settings),
        new AddServer(key, ProxyFixture.server(one.endpoint(), 1)),
        new AddServer(key, ProxyFixture.server(two.endpoint(), 1)));
    proxy.engine().acquire(List.of(ProxyFixture.VIRTUAL));
    return key;
  }

  private DatagramSocket client(ServiceKey key) throws IOException {
    var socket = proxy.closing(new DatagramSocket());
    socket.setSoTimeout(10_000);
    socket.connect(ProxyFixture.address(key));
    return socket;
  }

  private static String ask(DatagramSocket client, String question) throws IOException {
    var bytes = question.getBytes(StandardCharsets.UTF_8);
    client.send(new DatagramPacket(bytes, bytes.length));
    return new String(receive(client), StandardCharsets.UTF_8);
  }

  private static byte[] receive(DatagramSocket client) throws IOException {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    client.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /** A server that sends each datagram back with its name before it. */
  private static final class Echo implements Closeable {
    private final DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress("127.66.2.1", 0));

    Echo(String name) throws IOException {
      Thread.startVirtualThread(
          () -> {
            try {
              while (true) {
                var packet = new DatagramPacket(new byte[65_535], 1, 65_000);
                socket.receive(packet);
                packet.getData()[0] = (byte) name.charAt(0);
                socket.send(
                    new DatagramPacket(
                        packet.getData(), packet.getLength() + 1, packet.getSocketAddress()));
              }
            } catch (IOException e) {
              socket.close();
            }
          });
    }

    Endpoint endpoint() {
      return new Endpoint(
          IpAddress.ofBytes(socket.getLocalAddress().getAddress()), socket.getLocalPort());
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
