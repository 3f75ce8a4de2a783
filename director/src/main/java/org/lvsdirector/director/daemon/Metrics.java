// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.lvsdirector.director.admin.StatusReport;

/** The status as Prometheus metrics, made afresh for each scrape. */
final class Metrics {
  private Metrics() {}

  static String scrape(StatusReport report) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try {
      MetricCatalogue.rows().forEach(metric -> register(registry, metric, report));
      return registry.scrape();
    } finally {
      registry.close();
    }
  }

  private static void register(MeterRegistry registry, Metric<?> metric, StatusReport report) {
    for (var sample : metric.samples(report)) {
      var tags = tags(metric.scope().labels(), sample.labels());
      switch (metric.kind()) {
        // A counter holds what it is of weakly: so it is of something that stays.
        case COUNTER ->
            FunctionCounter.builder(metric.name(), MetricCatalogue.class, _ -> sample.number())
                .description(metric.help())
                .tags(tags)
                .register(registry);
        case GAUGE ->
            Gauge.builder(metric.name(), sample::number)
                .description(metric.help())
                .strongReference(true)
                .tags(tags)
                .register(registry);
      }
    }
  }

  private static Tags tags(List<String> names, List<String> values) {
    var tags = Tags.empty();
    for (var i = 0; i < names.size(); i++) {
      tags = tags.and(names.get(i), values.get(i));
    }
    return tags;
  }
}
