// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.Service;
import org.lvsdirector.engine.table.Table.ServiceSettings;

/** Decides what the forwarding engine should hold. Pure. */
public final class Planner {
  private static final int SORRY_WEIGHT = 1;

  private Planner() {}

  /**
   * The table that configuration, health and the operator's wishes ask for.
   *
   * <ul>
   *   <li>A server that is up has its configured weight, or the one the operator wishes.
   *   <li>A server that is down is left out, or has weight 0 where the service quiesces and has
   *       connections: a flow of datagrams to a dead server would never leave it.
   *   <li>A server without a verdict is left out; {@link #keepingUndecided} makes up for it where
   *       the engine knows it already.
   *   <li>The sorry server stands in, with weight 1, while no server that is up has a weight above
   *       0, unless the service has servers and none of them has a verdict yet. It may be one of
   *       the service's own servers, which then stands in although it is down: its check may be
   *       what is wrong. One that is up and has weight 0 has it by choice, and keeps it.
   * </ul>
   *
   * <p>A standby director holds the same table as the active one, ready for the takeover.
   */
  public static Table desired(Config config, Health health, Overrides overrides) {
    return Table.of(
        config.services().stream().map(service -> service(service, health, overrides)).toList());
  }

  private static Service service(VirtualService service, Health health, Overrides overrides) {
    var servers = new ArrayList<Server>();
    for (var real : service.servers()) {
      var key = new ServerKey(service.key(), real.endpoint());
      switch (health.of(key)) {
        case UP -> servers.add(server(real, weight(real, key, overrides)));
        case DOWN -> {
          if (isQuiescing(service)) {
            servers.add(server(real, 0));
          }
        }
        case UNKNOWN -> {}
      }
    }
    addSorryServer(service, health, servers);
    return Service.of(service.key(), settings(service), servers);
  }

  private static boolean isQuiescing(VirtualService service) {
    return service.forwarding().isQuiescing()
        && !(service.key() instanceof ServiceKey.ByAddress key && key.protocol() == Protocol.UDP);
  }

  private static ServiceSettings settings(VirtualService service) {
    return new ServiceSettings(
        service.forwarding().scheduler(),
        service.forwarding().schedulerFlags(),
        service.forwarding().persistence(),
        service.forwarding().isOnePacket());
  }

  private static void addSorryServer(VirtualService service, Health health, List<Server> servers) {
    var sorry = service.forwarding().sorryServer();
    if (sorry == null
        || servers.stream().anyMatch(server -> server.weight() > 0)
        || health.of(new ServerKey(service.key(), sorry)) == Health.State.UP
        || !service.servers().isEmpty() && !hasVerdict(service, health)) {
      return;
    }
    servers.removeIf(server -> server.endpoint().equals(sorry));
    servers.add(sorryServer(service, sorry));
  }

  private static boolean hasVerdict(VirtualService service, Health health) {
    return service.servers().stream()
        .map(real -> health.of(new ServerKey(service.key(), real.endpoint())))
        .anyMatch(verdict -> verdict != Health.State.UNKNOWN);
  }

  /** The sorry server is reached as a real server that it is, or the way the first one is. */
  private static Server sorryServer(VirtualService service, Endpoint sorry) {
    for (var real : service.servers()) {
      if (real.endpoint().equals(sorry)) {
        return server(real, SORRY_WEIGHT);
      }
    }
    if (service.servers().isEmpty()) {
      return new Server(sorry, ForwardingMethod.NAT, SORRY_WEIGHT, 0, 0);
    }
    var first = service.servers().getFirst();
    return new Server(sorry, first.method(), SORRY_WEIGHT, 0, 0, first.tunnel());
  }

  private static int weight(RealServer real, ServerKey key, Overrides overrides) {
    return overrides.weight(key).orElse(real.weight());
  }

  private static Server server(RealServer real, int weight) {
    return new Server(
        real.endpoint(),
        real.method(),
        weight,
        real.upperThreshold(),
        real.lowerThreshold(),
        real.tunnel());
  }

  /**
   * A desired table in which servers without a verdict stay as the engine holds them, so that a
   * director that starts again does not take out what an earlier one, or the same one before its
   * upgrade, found good. Such a server is configured, and keeps its weight; the sorry server stays
   * while no server of its service has a verdict.
   */
  public static Table keepingUndecided(Table desired, Table actual, Config config, Health health) {
    var services = new ArrayList<Service>();
    for (var service : config.services()) {
      var want = desired.services().get(service.key());
      var have = actual.services().get(service.key());
      if (want != null) {
        services.add(have == null ? want : keeping(want, have, service, health));
      }
    }
    return Table.of(services);
  }

  private static Service keeping(
      Service want, Service have, VirtualService service, Health health) {
    var servers = new ArrayList<>(want.servers().values());
    for (var real : service.servers()) {
      var held = have.servers().get(real.endpoint());
      var key = new ServerKey(service.key(), real.endpoint());
      if (held != null
          && health.of(key) == Health.State.UNKNOWN
          && !want.servers().containsKey(real.endpoint())) {
        servers.add(server(real, held.weight()));
      }
    }
    var sorry = service.forwarding().sorryServer();
    if (sorry != null && servers.stream().noneMatch(one -> one.endpoint().equals(sorry))) {
      var held = have.servers().get(sorry);
      if (held != null && !hasVerdict(service, health)) {
        servers.add(held);
      }
    }
    return Service.of(want.key(), want.settings(), servers);
  }
}
