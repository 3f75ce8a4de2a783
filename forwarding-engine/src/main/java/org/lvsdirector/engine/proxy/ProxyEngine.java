// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.engine.AddressBound;
import org.lvsdirector.engine.AddressUnavailableException;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableDraft;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards TCP connections and UDP flows in user space, without privileges. What it forwards ends
 * with the process.
 *
 * <p>Like NAT, it speaks to both sides with its own addresses: services by firewall mark, services
 * of every port, SCTP, and servers of another forwarding method are refused. A connection whose
 * server does not answer goes to the next one while no byte was sent; the schedulers that hash pass
 * on only with {@code FALLBACK}. A server that leaves the table has its connections reset, one that
 * is quiesced keeps them.
 *
 * <p>Listening sockets are open only between {@link #acquire} and {@link #release}. {@code release}
 * leaves TCP connections alone, but ends UDP flows, whose answers leave from the listening socket.
 * Listening is exclusive: of two directors on one machine the second to acquire an address fails.
 */
public final class ProxyEngine implements ForwardingEngine, AddressBound {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyEngine.class);
  private static final long SWEEP_MILLIS = 1000;

  private static final Endpoint REHEARSAL = new Endpoint(IpAddress.of("127.0.0.1"), 0);
  private static final ServiceSettings REHEARSED =
      new ServiceSettings(SchedulerName.RR, Set.of(), null, false);

  /** Those without what lvs.cf says. */
  private final ProxySettings base;

  private final Sockets sockets;
  private final Incidents incidents = new Incidents();
  private final Loops loops;
  private final Map<ServiceKey, ProxyService> services = new ConcurrentSkipListMap<>();
  private final Set<IpAddress> acquired = new HashSet<>();
  private final Map<ServiceKey, String> unheard = new ConcurrentSkipListMap<>();
  private ProxySettings settings;
  private boolean isClosed;
  private volatile Table table = Table.EMPTY;

  private ProxyEngine(ProxySettings settings) {
    base = settings;
    this.settings = settings;
    sockets = Sockets.of(settings.transport());
    loops = new Loops(sockets, settings, incidents);
    var _ =
        loops
            .next()
            .executor()
            .scheduleWithFixedDelay(this::tick, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts an engine with an empty table.
   *
   * @throws IllegalArgumentException when the transport does not work on this machine
   */
  public static ProxyEngine open(ProxySettings settings) {
    return new ProxyEngine(settings);
  }

  @Override
  public String name() {
    return ProxyKind.WORD;
  }

  @Override
  public Availability availability() {
    return new Availability.Usable();
  }

  @Override
  public Table read() {
    return table;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Connections of servers and services that left are cut soon after this returns. A new service
   * on an acquired address whose port cannot be listened on is {@link #unheard} until it can.
   */
  @Override
  public synchronized void apply(List<TableOp> changes) {
    var draft = new TableDraft(table);
    var refusals = new ArrayList<Refusal>();
    for (var change : changes) {
      var reason = make(change, draft);
      if (reason != null) {
        refusals.add(new Refusal(change, reason));
      }
    }
    table = draft.table();
    if (changes.stream().anyMatch(ProxyEngine::isRemoval)) {
      loops.forEach(ProxyLoop::cutRemoved);
      services.values().forEach(ProxyService::cutRemoved);
    }
    if (!refusals.isEmpty()) {
      throw new EngineException(refusals);
    }
  }

  @Override
  public synchronized void timeouts(GlobalSettings global) {
    var fresh = base.with(global);
    if (!isClosed && !fresh.equals(settings)) {
      settings = fresh;
      loops.forEach(loop -> loop.limit(fresh));
      services.values().forEach(service -> service.limit(fresh));
    }
  }

  @Override
  public EngineStats stats() {
    var ofServices = new HashMap<ServiceKey, Counters>();
    var ofServers = new HashMap<ServerKey, ServerCounters>();
    sweep();
    for (var service : services.values()) {
      ofServices.put(service.key(), service.tally().counters());
      service
          .pool()
          .forEachCounters(
              (endpoint, counters) ->
                  ofServers.put(new ServerKey(service.key(), endpoint), counters));
    }
    return new EngineStats(ofServices, ofServers);
  }

  /** What went wrong so far. */
  public IncidentCounts incidents() {
    return incidents.counts();
  }

  @Override
  public synchronized void acquire(Collection<IpAddress> addresses)
      throws AddressUnavailableException {
    acquired.clear();
    acquired.addAll(addresses);
    var heard = 0;
    for (var service : services.values()) {
      if (!isAcquired(service)) {
        service.unlisten();
        unheard.remove(service.key());
      } else if (listen(service)) {
        heard++;
      }
    }
    if (heard == 0 && !unheard.isEmpty()) {
      throw new AddressUnavailableException("cannot listen on " + unheard);
    }
  }

  @Override
  public synchronized void examine(Collection<IpAddress> addresses)
      throws AddressUnavailableException {
    var wanted =
        services.values().stream()
            .map(ProxyService::key)
            .filter(key -> addresses.contains(key.virtual().address()))
            .toList();
    var taken = wanted.stream().filter(TakenPorts::isTaken).toList();
    if (acquired.isEmpty() && !wanted.isEmpty() && taken.size() == wanted.size()) {
      throw new AddressUnavailableException("another process of this machine listens on " + taken);
    }
  }

  @Override
  public synchronized void release() {
    acquired.clear();
    unheard.clear();
    services.values().forEach(ProxyService::unlisten);
  }

  /** On ports of the loopback network that the kernel chooses. */
  @Override
  public void rehearse() throws IOException {
    for (var protocol : List.of(Protocol.TCP, Protocol.UDP)) {
      var service = fresh(new ByAddress(protocol, REHEARSAL), REHEARSED);
      try {
        service.listen();
      } finally {
        service.unlisten();
      }
    }
  }

  @Override
  public void onDeath(Runnable action) {
    loops.onDeath(action);
  }

  @Override
  public Map<ServiceKey, String> unheard() {
    return Map.copyOf(unheard);
  }

  /** Closes every socket and ends the threads; returns when they have ended. Repeatable. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    release();
    loops.close();
    services.clear();
    table = Table.EMPTY;
  }

  /** Makes one change here and in the draft; answers why not, or null. */
  private @Nullable String make(TableOp change, TableDraft draft) {
    var reason = reasonAgainst(change);
    if (reason != null || !(change.key() instanceof ByAddress key)) {
      return reason;
    }
    try {
      draft.apply(change);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
    make(change, key);
    return null;
  }

  /** Makes a change that fits. */
  private void make(TableOp change, ByAddress key) {
    switch (change) {
      case AddService add -> addService(key, add.settings());
      case SetService set -> service(key).pool().edit(set.settings());
      case DeleteService _ -> deleteService(key);
      case AddServer add -> service(key).pool().add(add.server());
      case SetServer set -> service(key).pool().edit(set.server());
      case DeleteServer delete -> service(key).pool().remove(delete.endpoint());
    }
  }

  private void addService(ByAddress key, ServiceSettings added) {
    var service = fresh(key, added);
    services.put(key, service);
    if (isAcquired(service)) {
      listen(service);
    }
  }

  private ProxyService fresh(ByAddress key, ServiceSettings wanted) {
    return switch (key.protocol()) {
      case TCP -> new TcpService(key, wanted, loops, sockets, incidents);
      case UDP -> new UdpService(key, wanted, loops.next(), incidents, settings);
      case SCTP -> throw new IllegalArgumentException("SCTP");
    };
  }

  private void deleteService(ByAddress key) {
    var service = service(key);
    services.remove(key);
    unheard.remove(key);
    service.unlisten();
    service.pool().removeAll();
  }

  private boolean isAcquired(ProxyService service) {
    return acquired.contains(service.key().virtual().address());
  }

  /** Opens the service's socket, or notes why it cannot be; says whether it is open. */
  private boolean listen(ProxyService service) {
    try {
      service.listen();
      if (unheard.remove(service.key()) != null) {
        LOG.info("{}: listening at last", service.key());
      }
      return true;
    } catch (IOException e) {
      if (unheard.put(service.key(), String.valueOf(e.getMessage())) == null) {
        LOG.error("{}: cannot listen, trying on: {}", service.key(), e.getMessage());
      }
      return false;
    }
  }

  private synchronized void listenAgain() {
    for (var key : List.copyOf(unheard.keySet())) {
      var service = services.get(key);
      if (service != null) {
        listen(service);
      }
    }
  }

  private ProxyService service(ByAddress key) {
    var service = services.get(key);
    if (service == null) {
      throw new IllegalStateException("no service " + key);
    }
    return service;
  }

  private void tick() {
    sweep();
    if (!unheard.isEmpty()) {
      Thread.ofVirtual().name("proxy-listen").start(this::listenAgain);
    }
  }

  private void sweep() {
    var nowNanos = System.nanoTime();
    services.values().forEach(service -> service.pool().sweep(nowNanos));
  }

  private static boolean isRemoval(TableOp change) {
    return change instanceof DeleteService || change instanceof DeleteServer;
  }

  private static @Nullable String reasonAgainst(TableOp change) {
    var ofService = ProxyLimits.reasonAgainst(change.key());
    return ofService != null
        ? ofService
        : switch (change) {
          case AddServer add -> ProxyLimits.reasonAgainst(add.server().method());
          case SetServer set -> ProxyLimits.reasonAgainst(set.server().method());
          case AddService _, SetService _, DeleteService _, DeleteServer _ -> null;
        };
  }
}
