// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.StatusReport;

/** The status as Prometheus metrics, made afresh for each scrape. */
final class Metrics {
  private Metrics() {}

  static String scrape(StatusReport report) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try {
      director(registry, report);
      report.links().forEach(link -> link(registry, link));
      report.services().forEach(service -> service(registry, service));
      return registry.scrape();
    } finally {
      registry.close();
    }
  }

  private static void director(MeterRegistry registry, StatusReport report) {
    for (var role : Role.values()) {
      gauge(
          registry,
          "director.role",
          "1 for the role that this director has",
          report.self().role() == role ? 1 : 0,
          Tags.of("node", report.self().node(), "role", role.name()));
    }
    var none = Tags.empty();
    gauge(registry, "director.fit", "1 when it may be active", bit(report.self().isFit()), none);
    gauge(registry, "director.term", "number of takeovers", (double) report.self().term(), none);
    var partner = report.partner();
    if (partner != null) {
      gauge(
          registry,
          "director.partner.alive",
          "1 when the partner was heard within deadtime",
          bit(partner.isAlive()),
          none);
      gauge(
          registry,
          "director.partner.same.config",
          "1 when the partner's lvs.cf means the same",
          bit(partner.hasSameConfig()),
          none);
    }
    heartbeats(registry, report.heartbeats());
    evidence(registry, report.evidence());
    var sync = report.sync();
    if (sync != null) {
      sync(registry, sync);
    }
  }

  private static void sync(MeterRegistry registry, StatusReport.Sync sync) {
    var none = Tags.empty();
    var isWell = sync.problem().isEmpty();
    gauge(registry, "director.sync.working", "1 when connection sync works", bit(isWell), none);
    var help = "connections sent to the partner because it lacked them";
    counter(registry, "director.sync.sent", help, sync.sent(), none);
    var progress = sync.progress();
    if (progress != null) {
      gauge(
          registry,
          "director.sync.connections",
          "connections of the active director that outlive a failover",
          progress.total(),
          none);
      var missing = "those of them that the standby lacks";
      gauge(registry, "director.sync.missing", missing, progress.missing(), none);
      gauge(
          registry,
          "director.sync.oldest.missing.seconds",
          "since when the oldest of them is known to be missing",
          progress.oldestMissingMillis() / 1e3,
          none);
      var inSync = "1 when a planned takeover is allowed";
      gauge(registry, "director.sync.in.sync", inSync, bit(progress.isInSync()), none);
    }
  }

  private static void evidence(MeterRegistry registry, StatusReport.Evidence evidence) {
    var none = Tags.empty();
    if (evidence.hasTargets()) {
      var help = "1 when a ping target answers";
      gauge(registry, "director.targets.reached", help, bit(evidence.isTargetReached()), none);
    }
    if (evidence.hasWitness()) {
      var help = "1 when the witness has granted the lease";
      gauge(registry, "director.lease.held", help, bit(evidence.isLeaseHeld()), none);
    }
  }

  private static void heartbeats(MeterRegistry registry, StatusReport.Heartbeats heartbeats) {
    var none = Tags.empty();
    gauge(
        registry,
        "director.heartbeats.sealed",
        "1 when heartbeats are sealed by a key",
        bit(heartbeats.isSealed() && !heartbeats.acceptsUnsealed()),
        none);
    counter(
        registry,
        "director.stalls",
        "times that the heartbeat loop woke too late",
        heartbeats.stalls(),
        none);
    gauge(
        registry,
        "director.stall.longest.seconds",
        "the longest time that the heartbeat loop did not run",
        heartbeats.longestStallMillis() / 1e3,
        none);
  }

  private static void link(MeterRegistry registry, StatusReport.Link link) {
    var tags = Tags.of("link", link.name());
    gauge(registry, "director.link.up", "1 when the partner is heard", bit(link.isUp()), tags);
    counter(registry, "director.link.sent", "heartbeats sent", link.sent(), tags);
    counter(registry, "director.link.unsent", "heartbeats not sent", link.unsent(), tags);
    counter(registry, "director.link.received", "heartbeats received", link.received(), tags);
    counter(registry, "director.link.lost", "heartbeats missing", link.lost(), tags);
    var refused = link.refused();
    refused(registry, tags, "unsealed", refused.unsealed());
    refused(registry, tags, "wrong-key", refused.wrongKey());
    refused(registry, tags, "forged", refused.forged());
    refused(registry, tags, "replayed", refused.replayed());
    refused(registry, tags, "other", link.rejected() - refused.all());
    var lateness = "lateness of heartbeats";
    gauge(
        registry,
        "director.link.jitter.median.seconds",
        lateness + ", median",
        link.jitterMedianMicros() / 1e6,
        tags);
    gauge(
        registry,
        "director.link.jitter.p99.seconds",
        lateness + ", 99th percentile",
        link.jitterP99Micros() / 1e6,
        tags);
  }

  private static void refused(MeterRegistry registry, Tags tags, String reason, long value) {
    var help = "datagrams that were no heartbeat of the partner";
    counter(registry, "director.link.refused", help, value, tags.and("reason", reason));
  }

  private static void service(MeterRegistry registry, StatusReport.Service service) {
    var tags = Tags.of("service", service.name(), "key", service.key());
    var scheduled = "connections scheduled";
    counter(registry, "director.service.connections", scheduled, service.connections(), tags);
    gauge(
        registry,
        "director.service.served",
        "1 when clients are served as lvs.cf wants",
        bit(service.problem().isEmpty()),
        tags);
    service.servers().forEach(server -> server(registry, tags, server));
  }

  private static void server(MeterRegistry registry, Tags service, StatusReport.Server server) {
    var tags = service.and("server", server.name(), "address", server.endpoint());
    var isUp = server.state() == Health.State.UP;
    gauge(registry, "director.server.up", "1 when its checks are good", bit(isUp), tags);
    gauge(
        registry,
        "director.server.in.table",
        "1 when the engine has it",
        bit(server.isInTable()),
        tags);
    gauge(registry, "director.server.weight", "its weight", server.weight(), tags);
    gauge(registry, "director.server.active", "open connections", server.active(), tags);
    gauge(registry, "director.server.inactive", "closing connections", server.inactive(), tags);
    counter(
        registry,
        "director.server.connections",
        "connections scheduled",
        server.connections(),
        tags);
  }

  private static double bit(boolean isFact) {
    return isFact ? 1 : 0;
  }

  private static void counter(
      MeterRegistry registry, String name, String help, long value, Tags tags) {
    FunctionCounter.builder(name, value, Long::doubleValue)
        .description(help)
        .tags(tags)
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, String help, double value, Tags tags) {
    Gauge.builder(name, () -> value)
        .description(help)
        .strongReference(true)
        .tags(tags)
        .register(registry);
  }
}
