// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.StatusReport;
import org.lvsdirector.director.daemon.Metric.Kind;
import org.lvsdirector.director.daemon.Metric.Scope;
import org.lvsdirector.director.daemon.Metric.Subject;
import org.lvsdirector.engine.SyncStatus;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.pulse.PulseStatus.Evidence;
import org.lvsdirector.pulse.PulseStatus.LinkStatus;
import org.lvsdirector.pulse.addresses.AddressStatus;

/**
 * Every metric, a row each: what {@code GET /metrics} exposes, and what {@code docs/metrics.md} is
 * made from.
 */
final class MetricCatalogue {
  private static final Scope<StatusReport> DIRECTOR = Scope.one(report -> report);

  private static final Scope<Boolean> ROLE =
      new Scope<>(
          List.of("node", "role"),
          report ->
              Arrays.stream(Role.values())
                  .map(
                      role ->
                          new Subject<>(
                              role == report.self().role(), report.self().node(), role.name())));

  private static final Scope<StatusReport.Partner> PARTNER = Scope.one(StatusReport::partner);

  private static final Scope<Evidence> TARGETS =
      Scope.one(report -> report.evidence().hasTargets() ? report.evidence() : null);

  private static final Scope<Evidence> WITNESS =
      Scope.one(report -> report.evidence().hasWitness() ? report.evidence() : null);

  private static final Scope<AddressStatus> ADDRESSES = Scope.one(StatusReport::addresses);

  private static final Scope<SyncStatus> SYNC = Scope.one(StatusReport::sync);

  private static final Scope<SyncStatus.Progress> PROGRESS =
      Scope.one(report -> report.sync() == null ? null : report.sync().progress());

  private static final Scope<LinkStatus> LINK =
      new Scope<>(
          List.of("link"),
          report -> report.links().stream().map(link -> new Subject<>(link, link.name())));

  private static final Scope<Long> REFUSED =
      new Scope<>(
          List.of("link", "reason"),
          report -> report.links().stream().flatMap(MetricCatalogue::refused));

  private static final Scope<TableLoad.Hash> HASH =
      new Scope<>(
          List.of("table"),
          report -> Stream.ofNullable(report.engine().load()).flatMap(MetricCatalogue::hashes));

  private static final Scope<TableLoad.Hash> CHAINS =
      new Scope<>(
          List.of("table"),
          report -> HASH.subjects().apply(report).filter(hash -> hash.part().hasChains()));

  private static final Scope<StatusReport.Service> SERVICE =
      new Scope<>(
          List.of("service", "key"),
          report ->
              report.services().stream()
                  .map(service -> new Subject<>(service, service.name(), service.key())));

  private static final Scope<StatusReport.Server> SERVER =
      new Scope<>(
          List.of("service", "key", "server", "address"),
          report -> report.services().stream().flatMap(MetricCatalogue::servers));

  private static final List<Metric<?>> ROWS =
      List.of(
          fact("director_role", "1 for the role that this director has", ROLE, is -> is),
          fact("director_fit", "1 when it may be active", DIRECTOR, all -> all.self().isFit()),
          gauge(
              "director_term",
              "takeovers",
              "number of takeovers",
              DIRECTOR,
              all -> all.self().term()),
          fact(
              "director_partner_alive",
              "1 when the partner was heard within deadtime",
              PARTNER,
              StatusReport.Partner::isAlive),
          fact(
              "director_partner_same_config",
              "1 when the partner's lvs.cf means the same",
              PARTNER,
              StatusReport.Partner::hasSameConfig),
          fact(
              "director_heartbeats_sealed",
              "1 when heartbeats are sealed by a key",
              DIRECTOR,
              all -> all.heartbeats().isSealed() && !all.heartbeats().acceptsUnsealed()),
          fact(
              "director_real_time",
              "1 when what must be on time is scheduled in real time",
              DIRECTOR,
              all -> all.heartbeats().realTimePriority() > 0),
          counter(
              "director_stalls_total",
              "stalls",
              "times that the heartbeat loop woke too late",
              DIRECTOR,
              all -> all.heartbeats().stalls()),
          gauge(
              "director_stall_longest_seconds",
              "seconds",
              "the longest time that the heartbeat loop did not run",
              DIRECTOR,
              all -> all.heartbeats().longestStallMillis() / 1e3),
          gauge(
              "director_heartbeat_late_p99_seconds",
              "seconds",
              "how late this director sends a heartbeat, 99th percentile of the last some hundred",
              DIRECTOR,
              all -> all.heartbeats().lateP99Micros() / 1e6),
          counter(
              "director_defects_total",
              "steps",
              "steps of the heartbeat loop that failed by a defect, which the log has",
              DIRECTOR,
              all -> all.heartbeats().defects()),
          counter(
              "director_log_dropped_total",
              "lines",
              "lines of the log that were dropped, since nobody read them",
              DIRECTOR,
              all -> all.log().dropped()),
          gauge(
              "director_log_stuck_seconds",
              "seconds",
              "time since the reader of the log took anything; 0 while it reads",
              DIRECTOR,
              all -> all.log().stuckMillis() / 1e3),
          fact(
              "director_targets_reached",
              "1 when a ping target answers",
              TARGETS,
              Evidence::isTargetReached),
          fact(
              "director_lease_held",
              "1 when the witness has granted the lease",
              WITNESS,
              Evidence::isLeaseHeld),
          counter(
              "director_addresses_put_back_total",
              "addresses",
              "virtual addresses put back that somebody else had removed",
              ADDRESSES,
              AddressStatus::putBack),
          counter(
              "director_addresses_removed_total",
              "addresses",
              "virtual addresses removed that somebody else had put on a director that is not"
                  + " active",
              ADDRESSES,
              AddressStatus::removed),
          counter(
              "director_address_conflicts_total",
              "answers",
              "answers of other machines for a virtual address of the active director",
              ADDRESSES,
              AddressStatus::conflicts),
          fact(
              "director_address_conflict",
              "1 while another machine answers for a virtual address too",
              ADDRESSES,
              addresses -> !addresses.conflict().isEmpty()),
          fact("director_link_up", "1 when the partner is heard", LINK, LinkStatus::isUp),
          counter(
              "director_link_sent_total",
              "heartbeats",
              "heartbeats sent",
              LINK,
              link -> link.counters().sent()),
          counter(
              "director_link_unsent_total",
              "heartbeats",
              "heartbeats not sent",
              LINK,
              link -> link.counters().unsent()),
          counter(
              "director_link_received_total",
              "heartbeats",
              "heartbeats received",
              LINK,
              link -> link.counters().received()),
          counter(
              "director_link_lost_total",
              "heartbeats",
              "heartbeats missing",
              LINK,
              link -> link.counters().lost()),
          counter(
              "director_link_refused_total",
              "datagrams",
              "datagrams that were no heartbeat of the partner",
              REFUSED,
              count -> count),
          gauge(
              "director_link_jitter_median_seconds",
              "seconds",
              "lateness of heartbeats, median",
              LINK,
              link -> link.counters().jitterMedianMicros() / 1e6),
          gauge(
              "director_link_jitter_p99_seconds",
              "seconds",
              "lateness of heartbeats, 99th percentile",
              LINK,
              link -> link.counters().jitterP99Micros() / 1e6),
          fact(
              "director_table_settled",
              "1 when the engine held all that was wanted when it was last looked at",
              DIRECTOR,
              all -> all.reconciliation().isSettled()),
          counter(
              "director_table_reconciliations_total",
              "reconciliations",
              "times that the engine's table was looked at",
              DIRECTOR,
              all -> all.reconciliation().counters().reconciliations()),
          counter(
              "director_table_applied_total",
              "changes",
              "changes of its table that the engine made",
              DIRECTOR,
              all -> all.reconciliation().counters().applied()),
          counter(
              "director_table_refused_total",
              "changes",
              "changes of its table that the engine refused, each attempt counted",
              DIRECTOR,
              all -> all.reconciliation().counters().refused()),
          counter(
              "director_table_drifted_total",
              "changes",
              "changes of the engine's table that somebody else made",
              DIRECTOR,
              all -> all.reconciliation().counters().drifted()),
          counter(
              "director_table_failures_total",
              "reconciliations",
              "times that the engine could not be looked at or changed",
              DIRECTOR,
              all -> all.reconciliation().counters().failures()),
          gauge(
              "director_hash_entries",
              "entries",
              "entries of the table in which the kernel looks up each packet; a connection by NAT"
                  + " has two",
              HASH,
              TableLoad.Hash::entries),
          gauge("director_hash_buckets", "buckets", "its size", HASH, TableLoad.Hash::buckets),
          gauge(
              "director_hash_load",
              "entries",
              "its load factor: entries for each bucket",
              HASH,
              TableLoad.Hash::load),
          gauge(
              "director_hash_growth_load",
              "entries",
              "the load factor above which it grows: 2 to the power of conn_lfactor or svc_lfactor",
              HASH,
              hash -> Math.scalb(1.0, hash.growthExponent())),
          gauge(
              "director_hash_longest_chain",
              "entries",
              "the most entries of one bucket; 7 is 7 or more",
              CHAINS,
              TableLoad.Hash::longestChain),
          gauge(
              "director_hash_long_chains",
              "buckets",
              "buckets with 7 entries or more",
              CHAINS,
              TableLoad.Hash::longChains),
          fact(
              "director_sync_working",
              "1 when connection sync works",
              SYNC,
              sync -> sync.problem().isEmpty()),
          counter(
              "director_sync_sent_total",
              "connections",
              "connections sent to the partner because it lacked them",
              SYNC,
              SyncStatus::sent),
          gauge(
              "director_sync_connections",
              "connections",
              "connections of the active director that outlive a failover",
              PROGRESS,
              SyncStatus.Progress::total),
          gauge(
              "director_sync_missing",
              "connections",
              "those of them that the standby lacks",
              PROGRESS,
              SyncStatus.Progress::missing),
          gauge(
              "director_sync_oldest_missing_seconds",
              "seconds",
              "since when the oldest of them is known to be missing",
              PROGRESS,
              progress -> progress.oldestMissingMillis() / 1e3),
          fact(
              "director_sync_in_sync",
              "1 when a planned takeover is allowed",
              PROGRESS,
              SyncStatus.Progress::isInSync),
          counter(
              "director_service_connections_total",
              "connections",
              "connections scheduled",
              SERVICE,
              StatusReport.Service::connections),
          fact(
              "director_service_served",
              "1 when clients are served as lvs.cf wants",
              SERVICE,
              service -> service.problem().isEmpty()),
          fact(
              "director_server_up",
              "1 when its checks are good",
              SERVER,
              server -> server.state() == Health.State.UP),
          fact(
              "director_server_in_table",
              "1 when the engine has it",
              SERVER,
              StatusReport.Server::isInTable),
          gauge(
              "director_server_weight",
              "weight",
              "its weight",
              SERVER,
              StatusReport.Server::weight),
          gauge(
              "director_server_active",
              "connections",
              "open connections",
              SERVER,
              StatusReport.Server::active),
          gauge(
              "director_server_inactive",
              "connections",
              "closing connections",
              SERVER,
              StatusReport.Server::inactive),
          counter(
              "director_server_connections_total",
              "connections",
              "connections scheduled",
              SERVER,
              StatusReport.Server::connections));

  private MetricCatalogue() {}

  static List<Metric<?>> rows() {
    return ROWS;
  }

  private static Stream<Subject<Long>> refused(LinkStatus link) {
    var counters = link.counters();
    var refused = counters.refused();
    return Stream.of(
        new Subject<>(refused.unsealed(), link.name(), "unsealed"),
        new Subject<>(refused.wrongKey(), link.name(), "wrong-key"),
        new Subject<>(refused.forged(), link.name(), "forged"),
        new Subject<>(refused.replayed(), link.name(), "replayed"),
        new Subject<>(counters.rejected() - refused.all(), link.name(), "other"));
  }

  private static Stream<Subject<TableLoad.Hash>> hashes(TableLoad load) {
    return Stream.of(
            new Subject<>(load.connections(), "connections"),
            new Subject<>(load.services(), "services"))
        .filter(hash -> hash.part().hasSize());
  }

  private static Stream<Subject<StatusReport.Server>> servers(StatusReport.Service service) {
    return service.servers().stream()
        .map(
            server ->
                new Subject<>(
                    server, service.name(), service.key(), server.name(), server.endpoint()));
  }

  private static <T> Metric<T> counter(
      String name, String unit, String help, Scope<T> scope, ToDoubleFunction<T> number) {
    return new Metric<>(name, Kind.COUNTER, unit, help, scope, number);
  }

  private static <T> Metric<T> gauge(
      String name, String unit, String help, Scope<T> scope, ToDoubleFunction<T> number) {
    return new Metric<>(name, Kind.GAUGE, unit, help, scope, number);
  }

  /** A gauge that is 1 while something is so. */
  private static <T> Metric<T> fact(String name, String help, Scope<T> scope, Predicate<T> isFact) {
    return gauge(name, "0 or 1", help, scope, part -> isFact.test(part) ? 1 : 0);
  }
}
