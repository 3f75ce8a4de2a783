// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Role;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.director.admin.StatusReport;
import org.lvsdirector.director.machine.Version;
import org.lvsdirector.director.output.Outlet;
import org.lvsdirector.engine.AddressBound;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.Listing;
import org.lvsdirector.engine.SyncStatus;
import org.lvsdirector.engine.choice.Engines;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.linux.RealTime;
import org.lvsdirector.lvsd.LvsdStatus;
import org.lvsdirector.nanny.CheckResult;
import org.lvsdirector.nanny.Watched;
import org.lvsdirector.pulse.PulseStatus;
import org.lvsdirector.pulse.Takeover;
import org.lvsdirector.pulse.addresses.AddressStatus;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.seal.SealPolicy;

/**
 * Puts together what the parts know at one moment.
 *
 * @param inputs what the daemon itself knows
 * @param opened the engine
 * @param pulse what pulse knows
 * @param lvsd what lvsd knows
 * @param watched what the nannies know
 * @param addresses what holds the virtual addresses knows; null when only the engine holds them
 * @param sync what connection sync knows; null when there is none
 * @param output how the log flows
 */
record StatusSource(
    Inputs inputs,
    Engines.Opened opened,
    PulseStatus pulse,
    LvsdStatus lvsd,
    Map<ServerKey, Watched> watched,
    @Nullable AddressStatus addresses,
    @Nullable SyncStatus sync,
    Outlet.Status output) {

  /**
   * What the daemon itself knows.
   *
   * @param lvsCf the configuration file
   * @param config the configuration in force
   * @param sealing how heartbeats are protected
   * @param reloadProblem why the last reload was refused; empty when it was not
   * @param waiting what of the files waits for a restart
   * @param claimed why this director last began to take over; null when it never did
   */
  record Inputs(
      Path lvsCf,
      Config config,
      SealPolicy sealing,
      String reloadProblem,
      List<String> waiting,
      @Nullable Transition claimed) {}

  StatusReport report() {
    var stats = opened.engine().stats();
    return new StatusReport(
        Version.text(),
        self(),
        partner(),
        heartbeats(),
        takeover(),
        pulse.evidence(),
        pulse.links(),
        engine(stats),
        inputs.config.services().stream().map(service -> service(service, stats)).toList(),
        addresses,
        sync,
        reconciliation(),
        new StatusReport.Log(output.dropped(), millis(output.stuckNanos())));
  }

  private StatusReport.Self self() {
    return new StatusReport.Self(
        pulse.node().word(),
        pulse.role(),
        pulse.since().truncatedTo(ChronoUnit.MILLIS).toString(),
        millis(pulse.sinceNanos()),
        cause(),
        pulse.term(),
        pulse.isFit(),
        pulse.unfitReason(),
        inputs.lvsCf.toAbsolutePath().toString(),
        inputs.config.digest(),
        inputs.reloadProblem,
        inputs.waiting,
        ProcessHandle.current().pid());
  }

  /** An active director says why it took over, not that the takeover succeeded. */
  private String cause() {
    var last =
        pulse.role() == Role.ACTIVE && inputs.claimed != null ? inputs.claimed : pulse.last();
    return last == null ? "started" : last.cause().code();
  }

  private StatusReport.@Nullable Partner partner() {
    if (!pulse.isPaired()) {
      return null;
    }
    var node = pulse.node().partner().word();
    var partner = pulse.partner();
    return partner == null
        ? new StatusReport.Partner(node, false, null, false, -1, false)
        : new StatusReport.Partner(
            node,
            partner.isAlive(),
            partner.role(),
            partner.isFit(),
            millis(partner.seenAgoNanos()),
            partner.hasSameConfig());
  }

  private StatusReport.Heartbeats heartbeats() {
    var isSealed = inputs.sealing.keys() != null;
    var realTime = RealTime.status();
    var punctuality = pulse.punctuality();
    return new StatusReport.Heartbeats(
        isSealed,
        isSealed && inputs.sealing.acceptsUnsealed(),
        punctuality.stalls(),
        millis(punctuality.longestStallNanos()),
        TimeUnit.NANOSECONDS.toMicros(punctuality.late().medianNanos()),
        TimeUnit.NANOSECONDS.toMicros(punctuality.late().p99Nanos()),
        pulse.defects(),
        realTime.isGiven() ? realTime.priority() : 0,
        realTime.problem());
  }

  private StatusReport.@Nullable LatestTakeover takeover() {
    var latest = pulse.takeover();
    if (latest == null) {
      return null;
    }
    var done = new LinkedHashMap<String, Long>();
    for (var part : Takeover.Part.values()) {
      var nanos = latest.doneNanos().get(part);
      if (nanos != null) {
        done.put(part.word(), TimeUnit.NANOSECONDS.toMicros(nanos));
      }
    }
    return new StatusReport.LatestTakeover(
        latest.term(), TimeUnit.NANOSECONDS.toMicros(latest.lateNanos()), done);
  }

  private StatusReport.Reconciliation reconciliation() {
    var counters = lvsd.counters();
    return new StatusReport.Reconciliation(
        lvsd.isSettled(), counters.reconciliations() == 0 ? -1 : millis(lvsd.ageNanos()), counters);
  }

  private StatusReport.Engine engine(EngineStats stats) {
    return new StatusReport.Engine(
        opened.engine().name(),
        opened.passedOver().stream()
            .map(passed -> new StatusReport.PassedOver(passed.name(), passed.reason()))
            .toList(),
        opened.engine() instanceof Listing listing ? listing.load(stats).orElse(null) : null);
  }

  private StatusReport.Service service(VirtualService service, EngineStats stats) {
    var held = lvsd.held().services().get(service.key());
    var counters = stats.services().get(service.key());
    var sorry = service.forwarding().sorryServer();
    return new StatusReport.Service(
        service.name(),
        service.key().toString(),
        service.forwarding().scheduler().word(),
        sorry == null ? null : sorry.toString(),
        problem(service.key()),
        counters == null ? 0 : counters.connections(),
        service.servers().stream().map(server -> server(service, server, held, stats)).toList());
  }

  /** What the engine refused for a service, or why it does not listen. */
  String problem(ServiceKey key) {
    var refused =
        lvsd.refusals().stream()
            .filter(refusal -> refusal.change().key().equals(key))
            .map(EngineException.Refusal::reason)
            .findFirst();
    if (refused.isPresent()) {
      return refused.get();
    }
    var unheard =
        opened.engine() instanceof AddressBound bound
            ? bound.unheard()
            : Map.<ServiceKey, String>of();
    var reason = unheard.get(key);
    return reason == null ? "" : "cannot listen, trying on: " + reason;
  }

  private StatusReport.Server server(
      VirtualService service, RealServer server, Table.@Nullable Service held, EngineStats stats) {
    var key = new ServerKey(service.key(), server.endpoint());
    var inTable = held == null ? null : held.servers().get(server.endpoint());
    var counters = stats.servers().get(key);
    var check = Check.of(watched.get(key));
    return new StatusReport.Server(
        server.name(),
        server.endpoint().toString(),
        check.state,
        check.stateMillis,
        inTable != null,
        inTable == null ? server.weight() : inTable.weight(),
        counters == null ? 0 : counters.active(),
        counters == null ? 0 : counters.inactive(),
        counters == null ? 0 : counters.traffic().connections(),
        check.said,
        check.saidMillis);
  }

  /** What the last check of a server said. */
  private record Check(Health.State state, long stateMillis, String said, long saidMillis) {
    private static final Check NONE = new Check(Health.State.UNKNOWN, -1, "", -1);

    static Check of(@Nullable Watched watched) {
      if (watched == null) {
        return NONE;
      }
      var last = watched.last();
      var stateMillis =
          watched.verdict() == Health.State.UNKNOWN ? -1 : millis(watched.verdictAgeNanos());
      return last == null
          ? new Check(watched.verdict(), stateMillis, "", -1)
          : new Check(watched.verdict(), stateMillis, said(last), millis(watched.lastAgeNanos()));
    }

    private static String said(CheckResult result) {
      return switch (result) {
        case CheckResult.Good(var detail, var _) -> detail;
        case CheckResult.Bad(var reason, var _) -> reason;
        case CheckResult.Undecided(var reason, var _) -> reason;
      };
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
