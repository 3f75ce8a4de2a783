// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;

/** A proxy engine that listens on a virtual address of loopback, with clients for it. */
final class ProxyFixture implements Closeable {
  static final IpAddress VIRTUAL = IpAddress.of("127.77.0.1");

  static {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  private final ProxyEngine engine;
  private final List<Closeable> opened = new ArrayList<>();

  ProxyFixture(ProxySettings settings) {
    engine = ProxyEngine.open(settings);
  }

  static ProxyFixture on(ProxySettings.Transport transport) {
    return new ProxyFixture(settings(transport));
  }

  static ProxySettings settings(ProxySettings.Transport transport) {
    return new ProxySettings(
        transport,
        2,
        Duration.ofMillis(400),
        Duration.ofMinutes(15),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        4096);
  }

  /** Settings with which a half-closed connection is soon cut. */
  static ProxySettings shortClosing(ProxySettings.Transport transport) {
    return new ProxySettings(
        transport,
        2,
        Duration.ofMillis(400),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        4096);
  }

  ProxyEngine engine() {
    return engine;
  }

  <T extends Closeable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  Backend echo(String name) throws IOException {
    return closing(Backend.echo(name));
  }

  Backend backend(Backend.Talk talk) throws IOException {
    return closing(Backend.that(talk));
  }

  static ServiceKey tcp(int port) {
    return new ServiceKey.ByAddress(Protocol.TCP, new Endpoint(VIRTUAL, port));
  }

  static ServiceKey udp(int port) {
    return new ServiceKey.ByAddress(Protocol.UDP, new Endpoint(VIRTUAL, port));
  }

  static ServiceSettings settings(SchedulerName scheduler) {
    return new ServiceSettings(scheduler, Set.of(), null, false);
  }

  static ServiceSettings persistent(Duration timeout, int prefix) {
    return new ServiceSettings(SchedulerName.RR, Set.of(), new Persistence(timeout, prefix), false);
  }

  static Server server(Endpoint endpoint, int weight) {
    return new Server(endpoint, ForwardingMethod.NAT, weight, 0, 0);
  }

  static Server limited(Endpoint endpoint, int upper, int lower) {
    return new Server(endpoint, ForwardingMethod.NAT, 1, upper, lower);
  }

  /** Adds a round-robin service of these servers, weight 1 each, and listens. */
  ServiceKey serve(Endpoint... servers) throws IOException {
    return serve(settings(SchedulerName.RR), servers);
  }

  ServiceKey serve(ServiceSettings settings, Endpoint... servers) throws IOException {
    var key = tcp(freePort());
    var changes = new ArrayList<TableOp>();
    changes.add(new AddService(key, settings));
    for (var server : servers) {
      changes.add(new AddServer(key, server(server, 1)));
    }
    engine.apply(changes);
    engine.acquire(List.of(VIRTUAL));
    return key;
  }

  void apply(TableOp... changes) {
    engine.apply(List.of(changes));
  }

  /** A connected client, closed with the fixture, that gives up reading after some seconds. */
  Socket client(ServiceKey key) throws IOException {
    return client(key, null);
  }

  Socket client(ServiceKey key, @Nullable String source) throws IOException {
    var socket = closing(new Socket());
    socket.setSoTimeout(10_000);
    if (source != null) {
      socket.bind(new InetSocketAddress(source, 0));
    }
    socket.connect(address(key));
    return socket;
  }

  static InetSocketAddress address(ServiceKey key) {
    return SocketAddresses.of(((ServiceKey.ByAddress) key).virtual());
  }

  /** The one-letter name that an echo server begins with. */
  static String name(Socket client) throws IOException {
    return new String(client.getInputStream().readNBytes(1), StandardCharsets.UTF_8);
  }

  Counters counters(ServiceKey key) {
    var counters = engine.stats().services().get(key);
    assertThat(counters).isNotNull();
    return counters;
  }

  ServerCounters counters(ServiceKey key, Endpoint server) {
    var counters = engine.stats().servers().get(new ServerKey(key, server));
    assertThat(counters).isNotNull();
    return counters;
  }

  /** A port of the virtual address that is free now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(VIRTUAL.toString()))) {
      return socket.getLocalPort();
    }
  }

  /** Address and port that refuse connections. */
  static Endpoint closedPort() throws IOException {
    return new Endpoint(VIRTUAL, freePort());
  }

  @Override
  public void close() throws IOException {
    for (var resource : opened.reversed()) {
      resource.close();
    }
    engine.close();
  }
}
