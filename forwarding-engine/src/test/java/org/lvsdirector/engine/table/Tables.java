// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.Service;
import org.lvsdirector.engine.table.Table.ServiceSettings;

/**
 * Tables for tests, seeded.
 *
 * @param keys the services to draw from
 * @param servers the real servers to draw from
 * @param methods the forwarding methods to draw from
 * @param schedulers the schedulers to draw from
 */
public record Tables(
    List<ServiceKey> keys,
    List<Endpoint> servers,
    List<ForwardingMethod> methods,
    List<SchedulerName> schedulers) {

  public static final ServiceSettings PLAIN =
      new ServiceSettings(SchedulerName.WLC, Set.of(), null, false);

  private static final List<Tunnel> TUNNELS =
      List.of(
          Tunnel.IPIP,
          new Tunnel(Tunnel.Type.GRE, 0),
          new Tunnel(Tunnel.Type.GRE, 0, Tunnel.Checksum.FULL),
          new Tunnel(Tunnel.Type.GUE, 6080),
          new Tunnel(Tunnel.Type.GUE, 65535, Tunnel.Checksum.FULL),
          new Tunnel(Tunnel.Type.GUE, 1, Tunnel.Checksum.REMOTE));

  private Tables(List<ServiceKey> keys, List<Endpoint> servers, List<ForwardingMethod> methods) {
    this(keys, servers, methods, List.of(SchedulerName.values()));
  }

  /** These without a scheduler, for an engine that does not have it. */
  public Tables without(SchedulerName scheduler) {
    var others = schedulers.stream().filter(one -> one != scheduler).toList();
    return new Tables(keys, servers, methods, others);
  }

  /** TCP and UDP services over both families and firewall marks, with every method. */
  public static Tables anything() {
    var keys = new ArrayList<ServiceKey>();
    for (var i = 1; i <= 4; i++) {
      keys.add(new ServiceKey.ByAddress(Protocol.TCP, endpoint("127.0.90." + i, 20000 + i)));
      keys.add(new ServiceKey.ByAddress(Protocol.UDP, endpoint("127.0.90." + i, 20000 + i)));
      keys.add(new ServiceKey.ByAddress(Protocol.TCP, endpoint("2001:db8::" + i, 443)));
      keys.add(new ServiceKey.ByMark(i, IpAddress.Family.IPV4));
    }
    return new Tables(keys, servers(6), List.of(ForwardingMethod.values()));
  }

  /** TCP, UDP and SCTP services over IPv4, any port, and marks, with every method. */
  public static Tables ipv4() {
    return everyKind(IpAddress.Family.IPV4, "192.0.2.", "10.1.0.");
  }

  /** TCP, UDP and SCTP services over IPv6, any port, and marks, with every method. */
  public static Tables ipv6() {
    return everyKind(IpAddress.Family.IPV6, "2001:db8::80:", "2001:db8::11:");
  }

  /** Services of both families with servers of both, reached by tunnels. */
  public static Tables tunnelled() {
    var keys = new ArrayList<>(ipv4().keys());
    keys.addAll(ipv6().keys());
    var servers = new ArrayList<>(ipv4().servers().subList(1, 3));
    servers.addAll(ipv6().servers().subList(1, 3));
    return new Tables(keys, servers, List.of(ForwardingMethod.TUNNELLING));
  }

  private static Tables everyKind(IpAddress.Family family, String virtual, String real) {
    var keys = new ArrayList<ServiceKey>();
    var servers = new ArrayList<Endpoint>();
    for (var i = 1; i <= 2; i++) {
      for (var protocol : Protocol.values()) {
        keys.add(new ServiceKey.ByAddress(protocol, endpoint(virtual + i, 20000 + i)));
      }
      keys.add(new ServiceKey.ByAddress(Protocol.TCP, endpoint(virtual + i, 0)));
      keys.add(new ServiceKey.ByMark(-i, family));
      servers.add(endpoint(real + i, 8080));
      servers.add(endpoint(real + i, 0));
    }
    return new Tables(keys, servers, List.of(ForwardingMethod.values()));
  }

  /** TCP and UDP services on loopback addresses, by address translation. */
  public static Tables loopback() {
    var keys =
        anything().keys.stream()
            .filter(
                key ->
                    key instanceof ServiceKey.ByAddress byAddress
                        && byAddress.virtual().address().isLoopback())
            .toList();
    return new Tables(keys, servers(6), List.of(ForwardingMethod.NAT));
  }

  public static Server server(Endpoint endpoint, int weight) {
    return new Server(endpoint, ForwardingMethod.NAT, weight, 0, 0);
  }

  public static Service service(ServiceKey key, Collection<Endpoint> servers) {
    return Service.of(key, PLAIN, servers.stream().map(server -> server(server, 1)).toList());
  }

  /** Each service and server with even odds. */
  public Table random(Random random) {
    var services = new ArrayList<Service>();
    for (var key : keys) {
      if (random.nextBoolean()) {
        services.add(randomService(key, random));
      }
    }
    return Table.of(services);
  }

  private Service randomService(ServiceKey key, Random random) {
    var drawn = new ArrayList<Server>();
    for (var endpoint : servers) {
      if (random.nextBoolean()) {
        drawn.add(randomServer(endpoint, random));
      }
    }
    return Service.of(key, randomSettings(key, random), drawn);
  }

  private Server randomServer(Endpoint endpoint, Random random) {
    var upper = random.nextInt(2) * 50;
    return new Server(
        endpoint,
        methods.get(random.nextInt(methods.size())),
        random.nextInt(3),
        upper,
        upper == 0 ? 0 : random.nextInt(50),
        TUNNELS.get(random.nextInt(TUNNELS.size())));
  }

  private ServiceSettings randomSettings(ServiceKey key, Random random) {
    var scheduler = schedulers.get(random.nextInt(schedulers.size()));
    Set<SchedulerFlag> flags = EnumSet.noneOf(SchedulerFlag.class);
    if (scheduler == SchedulerName.SH || scheduler == SchedulerName.MH) {
      for (var flag : SchedulerFlag.values()) {
        if (random.nextBoolean()) {
          flags.add(flag);
        }
      }
    }
    var isUdp = key instanceof ServiceKey.ByAddress address && address.protocol() == Protocol.UDP;
    var persistence = randomPersistence(key, random);
    return new ServiceSettings(
        scheduler, flags, persistence, isUdp && persistence == null && random.nextBoolean());
  }

  private static @Nullable Persistence randomPersistence(ServiceKey key, Random random) {
    var isIpv4 =
        switch (key) {
          case ServiceKey.ByAddress address -> address.virtual().address().isIpv4();
          case ServiceKey.ByMark mark -> mark.family() == IpAddress.Family.IPV4;
        };
    return switch (random.nextInt(3)) {
      case 0 -> new Persistence(Duration.ofMinutes(5), isIpv4 ? 24 : 64);
      case 1 -> new Persistence(Duration.ofMinutes(1), isIpv4 ? 32 : 128);
      default -> null;
    };
  }

  private static List<Endpoint> servers(int count) {
    var servers = new ArrayList<Endpoint>();
    for (var i = 1; i <= count; i++) {
      servers.add(endpoint("127.0.91." + i, 8080));
    }
    return servers;
  }

  public static Endpoint endpoint(String address, int port) {
    return new Endpoint(IpAddress.of(address), port);
  }
}
