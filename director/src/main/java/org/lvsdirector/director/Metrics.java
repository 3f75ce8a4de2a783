package org.lvsdirector.director;

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
          report.self().role() == role ? 1 : 0,
          Tags.of("node", report.self().node(), "role", role.name()));
    }
    gauge(registry, "director.fit", report.self().isFit() ? 1 : 0, Tags.empty());
    gauge(registry, "director.term", (double) report.self().term(), Tags.empty());
    var partner = report.partner();
    if (partner != null) {
      gauge(registry, "director.partner.alive", partner.isAlive() ? 1 : 0, Tags.empty());
      gauge(
          registry, "director.partner.same.config", partner.hasSameConfig() ? 1 : 0, Tags.empty());
    }
  }

  private static void link(MeterRegistry registry, StatusReport.Link link) {
    var tags = Tags.of("link", link.name());
    gauge(registry, "director.link.up", link.isUp() ? 1 : 0, tags);
    counter(registry, "director.link.sent", link.sent(), tags);
    counter(registry, "director.link.received", link.received(), tags);
    counter(registry, "director.link.lost", link.lost(), tags);
    gauge(registry, "director.link.jitter.p99.seconds", link.jitterP99Micros() / 1e6, tags);
  }

  private static void service(MeterRegistry registry, StatusReport.Service service) {
    var tags = Tags.of("service", service.name(), "key", service.key());
    counter(registry, "director.service.connections", service.connections(), tags);
    gauge(registry, "director.service.served", service.problem().isEmpty() ? 1 : 0, tags);
    for (var server : service.servers()) {
      var serverTags = tags.and("server", server.name(), "address", server.endpoint());
      var isUp = server.state() == Health.State.UP;
      gauge(registry, "director.server.up", isUp ? 1 : 0, serverTags);
      gauge(registry, "director.server.in.table", server.isInTable() ? 1 : 0, serverTags);
      gauge(registry, "director.server.weight", server.weight(), serverTags);
      gauge(registry, "director.server.active", server.active(), serverTags);
      gauge(registry, "director.server.inactive", server.inactive(), serverTags);
      counter(registry, "director.server.connections", server.connections(), serverTags);
    }
  }

  private static void counter(MeterRegistry registry, String name, long value, Tags tags) {
    FunctionCounter.builder(name, value, Long::doubleValue).tags(tags).register(registry);
  }

  private static void gauge(MeterRegistry registry, String name, double value, Tags tags) {
    Gauge.builder(name, () -> value).strongReference(true).tags(tags).register(registry);
  }
}
