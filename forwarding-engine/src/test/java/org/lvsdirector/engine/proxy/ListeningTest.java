// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.AddressUnavailableException;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.SetServer;

@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO"})
@Timeout(60)
class ListeningTest {
  private final ProxySettings.Transport transport;
  private ProxyFixture proxy;
  private Backend backend;

  ListeningTest(ProxySettings.Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() throws IOException {
    proxy = ProxyFixture.on(transport);
    backend = proxy.echo("1");
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  @Test
  void aRehearsalLeavesNoSocketAndNoService() throws Exception {
    var key = added();
    var before = proxy.engine().read();
    proxy.engine().rehearse();
    assertRefused(key);
    assertThat(proxy.engine().read()).isEqualTo(before);
    assertThat(proxy.engine().unheard()).isEmpty();
    acquire(proxy);
    proxy.engine().rehearse();
    assertThat(ProxyFixture.name(proxy.client(key))).isEqualTo("1");
  }

  @Test
  void listensOnlyBetweenAcquireAndRelease() throws Exception {
    var key = added();
    assertRefused(key);
    for (var round = 0; round < 3; round++) {
      acquire(proxy);
      acquire(proxy);
      assertThat(ProxyFixture.name(proxy.client(key))).isEqualTo("1");
      proxy.engine().release();
      assertRefused(key);
      proxy.engine().release();
    }
  }

  @Test
  void listensForAServiceAddedLaterOnAnAcquiredAddressOnly() throws Exception {
    acquire(proxy);
    assertThat(ProxyFixture.name(proxy.client(added()))).isEqualTo("1");
    var elsewhere = new Endpoint(IpAddress.of("127.77.0.2"), ProxyFixture.freePort());
    var key = new ServiceKey.ByAddress(Protocol.TCP, elsewhere);
    proxy.apply(
        new AddService(key, ProxyFixture.settings(SchedulerName.RR)),
        new AddServer(key, ProxyFixture.server(backend.endpoint(), 1)));
    assertRefused(key);
    proxy.engine().acquire(List.of(elsewhere.address()));
    assertThat(ProxyFixture.name(proxy.client(key))).isEqualTo("1");
  }

  @Test
  void establishedConnectionsGoOnAfterRelease() throws Exception {
    var key = added();
    acquire(proxy);
    var client = proxy.client(key);
    assertThat(ProxyFixture.name(client)).isEqualTo("1");
    proxy.engine().release();
    client.getOutputStream().write('x');
    assertThat(ProxyFixture.name(client)).isEqualTo("x");
  }

  @Test
  void ofTwoDirectorsOnlyTheFirstListensAndTheSecondMayWhenItLeaves() throws Exception {
    var key = added();
    acquire(proxy);
    for (var other : List.of(ProxySettings.Transport.EPOLL, ProxySettings.Transport.NIO)) {
      try (var second = ProxyFixture.on(other)) {
        second.apply(
            new AddService(key, ProxyFixture.settings(SchedulerName.RR)),
            new AddServer(key, ProxyFixture.server(backend.endpoint(), 1)));
        assertThatThrownBy(() -> acquire(second))
            .isInstanceOf(AddressUnavailableException.class)
            .hasMessageContaining(key.toString());
        second.engine().release();
        proxy.engine().release();
        acquire(second);
        assertThat(ProxyFixture.name(second.client(key))).isEqualTo("1");
      }
      acquire(proxy);
    }
  }

  @Test
  void onePortInUseIsNamedTheOthersOpenAndItOpensWhenFree() throws Exception {
    var free = added();
    var used = ProxyFixture.tcp(ProxyFixture.freePort());
    var blocker =
        new ServerSocket(
            ((ServiceKey.ByAddress) used).virtual().port(),
            1,
            InetAddress.getByName(ProxyFixture.VIRTUAL.toString()));
    proxy.apply(
        new AddService(used, ProxyFixture.settings(SchedulerName.RR)),
        new AddServer(used, ProxyFixture.server(backend.endpoint(), 1)));
    acquire(proxy);
    assertThat(proxy.engine().unheard()).containsOnlyKeys(used);
    assertThat(ProxyFixture.name(proxy.client(free))).isEqualTo("1");
    blocker.close();
    await().until(() -> proxy.engine().unheard().isEmpty());
    assertThat(ProxyFixture.name(proxy.client(used))).isEqualTo("1");
  }

  @Test
  void newServiceWhosePortIsInUseIsHeardAsSoonAsThePortIsFree() throws Exception {
    acquire(proxy);
    var key = ProxyFixture.tcp(ProxyFixture.freePort());
    try (var blocker =
        new ServerSocket(
            ((ServiceKey.ByAddress) key).virtual().port(),
            1,
            InetAddress.getByName(ProxyFixture.VIRTUAL.toString()))) {
      assertThat(blocker.isBound()).isTrue();
      proxy.apply(
          new AddService(key, ProxyFixture.settings(SchedulerName.RR)),
          new AddServer(key, ProxyFixture.server(backend.endpoint(), 1)));
      assertThat(proxy.engine().unheard()).containsOnlyKeys(key);
    }
    await().until(() -> proxy.engine().unheard().isEmpty());
    assertThat(ProxyFixture.name(proxy.client(key))).isEqualTo("1");
  }

  @Test
  void addressesThatAreYetToComeAreListenedOnWhereTheTransportCan() throws Exception {
    var isAhead = proxy.engine().listenAhead();
    assertThat(isAhead).isEqualTo(transport == ProxySettings.Transport.EPOLL);
    var toCome = List.of(IpAddress.of("203.0.113.9"), IpAddress.of("2001:db8:77::9"));
    for (var protocol : List.of(Protocol.TCP, Protocol.UDP)) {
      for (var address : toCome) {
        var key = new ServiceKey.ByAddress(protocol, new Endpoint(address, 18080));
        proxy.apply(new AddService(key, ProxyFixture.settings(SchedulerName.RR)));
      }
    }
    if (isAhead) {
      proxy.engine().acquire(toCome);
      assertThat(proxy.engine().unheard()).isEmpty();
    } else {
      assertThatThrownBy(() -> proxy.engine().acquire(toCome))
          .isInstanceOf(AddressUnavailableException.class);
    }
  }

  @Test
  void releaseForgetsWhatCouldNotBeHeard() throws Exception {
    var key = ProxyFixture.tcp(ProxyFixture.freePort());
    try (var blocker =
        new ServerSocket(
            ((ServiceKey.ByAddress) key).virtual().port(),
            1,
            InetAddress.getByName(ProxyFixture.VIRTUAL.toString()))) {
      assertThat(blocker.isBound()).isTrue();
      proxy.apply(new AddService(key, ProxyFixture.settings(SchedulerName.RR)));
      assertThatThrownBy(() -> acquire(proxy)).isInstanceOf(AddressUnavailableException.class);
      proxy.engine().release();
      assertThat(proxy.engine().unheard()).isEmpty();
    }
  }

  @Test
  void thousandServicesListen() throws Exception {
    var changes = new ArrayList<TableOp>();
    var keys = new ArrayList<ServiceKey>();
    for (var i = 0; i < 1000; i++) {
      var address = IpAddress.of("127.78." + i / 250 + "." + (i % 250 + 1));
      var key = new ServiceKey.ByAddress(Protocol.TCP, new Endpoint(address, 18080));
      keys.add(key);
      changes.add(new AddService(key, ProxyFixture.settings(SchedulerName.RR)));
      changes.add(new AddServer(key, ProxyFixture.server(backend.endpoint(), 1)));
    }
    proxy.engine().apply(changes);
    proxy
        .engine()
        .acquire(
            keys.stream().map(key -> ((ServiceKey.ByAddress) key).virtual().address()).toList());
    for (var i = 0; i < 1000; i += 111) {
      assertThat(ProxyFixture.name(proxy.client(keys.get(i)))).isEqualTo("1");
    }
    proxy.engine().release();
    assertRefused(keys.getLast());
  }

  @Test
  void whatAProxyCannotDoIsRefusedAndTheRestIsDone() throws Exception {
    var good = ProxyFixture.tcp(ProxyFixture.freePort());
    var settings = ProxyFixture.settings(SchedulerName.RR);
    var server = ProxyFixture.server(backend.endpoint(), 1);
    var refused =
        List.of(
            new AddService(new ServiceKey.ByMark(1, IpAddress.Family.IPV4), settings),
            new AddService(key(Protocol.SCTP, 80), settings),
            new AddService(key(Protocol.TCP, 0), settings),
            new AddServer(good, by(ForwardingMethod.DIRECT_ROUTING, "127.66.9.1")),
            new AddServer(good, by(ForwardingMethod.TUNNELLING, "127.66.9.2")),
            new SetServer(good, by(ForwardingMethod.TUNNELLING, "127.66.9.2")));
    var changes = new ArrayList<TableOp>();
    changes.add(new AddService(good, settings));
    changes.addAll(refused);
    changes.add(new AddServer(good, server));
    assertThatThrownBy(() -> proxy.engine().apply(changes))
        .isInstanceOfSatisfying(
            EngineException.class,
            exception ->
                assertThat(exception.refusals())
                    .extracting(EngineException.Refusal::change)
                    .isEqualTo(refused));
    assertThat(proxy.engine().read().services().keySet()).isEqualTo(Set.of(good));
    var service = proxy.engine().read().services().get(good);
    assertThat(service).isNotNull();
    assertThat(service.servers().values()).containsExactly(server);
  }

  @Test
  void serverWithoutPortGetsThePortOfTheService() throws Exception {
    var listening = new ServerSocket(0, 1, InetAddress.getByName("127.66.7.7"));
    proxy.closing(listening);
    var key = ProxyFixture.tcp(listening.getLocalPort());
    proxy.apply(
        new AddService(key, ProxyFixture.settings(SchedulerName.RR)),
        new AddServer(key, ProxyFixture.server(new Endpoint(IpAddress.of("127.66.7.7"), 0), 1)));
    acquire(proxy);
    var client = proxy.client(key);
    try (var accepted = listening.accept()) {
      client.getOutputStream().write(7);
      assertThat(accepted.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void closeEndsConnectionsAndMayBeRepeated() throws Exception {
    var key = added();
    acquire(proxy);
    var client = proxy.client(key);
    ProxyFixture.name(client);
    proxy.engine().close();
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
    assertRefused(key);
    assertThatCode(proxy.engine()::close).doesNotThrowAnyException();
  }

  private ServiceKey added() throws IOException {
    var key = ProxyFixture.tcp(ProxyFixture.freePort());
    proxy.apply(
        new AddService(key, ProxyFixture.settings(SchedulerName.RR)),
        new AddServer(key, ProxyFixture.server(backend.endpoint(), 1)));
    return key;
  }

  private static ServiceKey key(Protocol protocol, int port) {
    return new ServiceKey.ByAddress(protocol, new Endpoint(ProxyFixture.VIRTUAL, port));
  }

  private static Server by(ForwardingMethod method, String address) {
    return new Server(new Endpoint(IpAddress.of(address), 80), method, 1, 0, 0);
  }

  private static void acquire(ProxyFixture fixture) throws AddressUnavailableException {
    fixture.engine().acquire(List.of(ProxyFixture.VIRTUAL));
  }

  private static void assertRefused(ServiceKey key) {
    assertThatThrownBy(
            () -> {
              try (var socket = new Socket()) {
                socket.connect(ProxyFixture.address(key));
              }
            })
        .isInstanceOf(ConnectException.class);
  }
}
