// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.schedule.Destination;
import org.lvsdirector.engine.schedule.Flow;
import org.lvsdirector.engine.schedule.Scheduler;
import org.lvsdirector.engine.schedule.Schedulers;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.ServiceSettings;

/**
 * The servers of one service with what chooses among them: scheduler, persistence templates and
 * connection counts. Any thread may call; the monitor of the pool guards all of it.
 */
final class ServerPool {

  /*
   * A monitor rather than an owning event loop: it is held for one short computation, two or three
   * times in a connection's life and never per byte, while a hand-over to an owning
   * loop and back would cost each new connection two wake-ups.
   */
  private final Map<Endpoint, RealServer> servers = new LinkedHashMap<>();
  private final IdentityHashMap<Destination, RealServer> byDestination = new IdentityHashMap<>();
  private final Protocol protocol;
  private final int servicePort;
  private ServiceSettings settings;
  private Scheduler scheduler;
  private @Nullable Stickiness stickiness;

  ServerPool(Protocol protocol, int servicePort, ServiceSettings settings) {
    this.protocol = protocol;
    this.servicePort = servicePort;
    this.settings = settings;
    scheduler = Schedulers.create(settings.scheduler(), settings.flags());
    stickiness = stickinessOf(settings);
  }

  /**
   * The server for a new connection.
   *
   * @param failed servers that did not take this connection, and are not asked again
   * @return null when no server may take it
   */
  synchronized @Nullable ServerSlot choose(Flow flow, List<RealServer> failed, long nowNanos) {
    var template = stickiness == null ? null : stickiness.find(flow.source(), nowNanos);
    if (template != null && failed.contains(template.server())) {
      template = null;
    }
    var server = template != null ? template.server() : schedule(flow, failed, nowNanos);
    if (server == null) {
      return null;
    }
    if (stickiness != null) {
      template = stick(stickiness, template, flow, server, nowNanos);
    }
    return lease(server, template);
  }

  /** The server for a single datagram, which leaves no trace but in the traffic counters. */
  synchronized @Nullable RealServer chooseOnce(Flow flow, long nowNanos) {
    return schedule(flow, List.of(), nowNanos);
  }

  synchronized boolean isOnePacket() {
    return settings.isOnePacket();
  }

  /** The server that sends from an address and port. */
  synchronized @Nullable RealServer serverWith(InetSocketAddress sender) {
    for (var server : servers.values()) {
      if (server.address().equals(sender)) {
        return server;
      }
    }
    return null;
  }

  synchronized void edit(ServiceSettings edited) {
    var isOtherScheduler =
        edited.scheduler() != settings.scheduler() || !edited.flags().equals(settings.flags());
    settings = edited;
    if (isOtherScheduler) {
      scheduler = Schedulers.create(edited.scheduler(), edited.flags());
      servers.values().forEach(server -> scheduler.added(server.destination()));
    }
    if (stickiness == null || !stickiness.isEdited(edited.persistence())) {
      if (stickiness != null) {
        stickiness.clear();
      }
      stickiness = stickinessOf(edited);
    }
  }

  synchronized void add(Server server) {
    var added = new RealServer(server, servicePort);
    servers.put(server.endpoint(), added);
    byDestination.put(added.destination(), added);
    scheduler.added(added.destination());
  }

  synchronized void edit(Server server) {
    var edited = servers.get(server.endpoint());
    if (edited != null) {
      edited.edit(server);
      scheduler.edited(edited.destination());
    }
  }

  synchronized void remove(Endpoint endpoint) {
    var removed = servers.remove(endpoint);
    if (removed != null) {
      byDestination.remove(removed.destination());
      scheduler.removed(removed.destination());
      removed.remove();
    }
  }

  synchronized void removeAll() {
    List.copyOf(servers.keySet()).forEach(this::remove);
  }

  /** Forgets the templates that have run out. */
  synchronized void sweep(long nowNanos) {
    if (stickiness != null) {
      stickiness.sweep(nowNanos);
    }
  }

  synchronized void forEachCounters(BiConsumer<Endpoint, ServerCounters> each) {
    servers.forEach((endpoint, server) -> each.accept(endpoint, server.counters()));
  }

  private Template stick(
      Stickiness templates,
      @Nullable Template present,
      Flow flow,
      RealServer server,
      long nowNanos) {
    if (present == null) {
      return templates.bind(flow.source(), server, nowNanos);
    }
    templates.renew(present, nowNanos);
    return present;
  }

  private ServerSlot lease(RealServer server, @Nullable Template template) {
    var isActive = protocol == Protocol.TCP;
    server.addConnections(isActive ? 1 : 0, isActive ? 0 : 1);
    server.tally().connection();
    if (template != null) {
      template.addConnections(1);
    }
    return new ServerSlot(this, server, template, isActive);
  }

  private @Nullable RealServer schedule(Flow flow, List<RealServer> failed, long nowNanos) {
    failed.forEach(server -> server.setAside(true));
    try {
      var chosen = scheduler.schedule(flow, nowNanos);
      return chosen == null ? null : byDestination.get(chosen);
    } finally {
      failed.forEach(server -> server.setAside(false));
    }
  }

  private static @Nullable Stickiness stickinessOf(ServiceSettings settings) {
    var persistence = settings.persistence();
    return persistence == null ? null : new Stickiness(persistence);
  }
}
