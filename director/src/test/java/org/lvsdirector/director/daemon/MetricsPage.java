// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.Locale;

/** The page docs/metrics.md, made from the catalogue. */
final class MetricsPage {
  private MetricsPage() {}

  static String text() {
    var page =
        new StringBuilder(
            """
            # Metrics

            What `GET /metrics` on the admin socket exposes for Prometheus. Each number is one of
            `director status --json` at that moment. A metric of what this director does not have (a
            partner, ping targets, a witness, connection sync; of `director_hash_...`, the ipvs engine
            on Linux 7.1 or newer) is left out. This page is made from the program.

                curl --unix-socket /run/lvs-director/admin.sock http://director/metrics

            | metric | kind | unit | labels | meaning |
            |---|---|---|---|---|
            """);
    for (var metric : MetricCatalogue.rows()) {
      page.append(
          "| `%s` | %s | %s | %s | %s |%n"
              .formatted(
                  metric.name(),
                  metric.kind().name().toLowerCase(Locale.ROOT),
                  metric.unit(),
                  String.join(", ", metric.scope().labels()),
                  metric.help()));
    }
    return page.append(
            """

            `director_link_refused_total` has these reasons: `unsealed`, `wrong-key`, `forged` and
            `replayed`, which the seal refused, and `other`: no heartbeat at all, or from an address
            that is not the partner's.

            Worth an alarm: `director_table_drifted_total` that grows (somebody else writes the
            table), `director_table_settled` that stays 0 (the engine does not hold what is wanted;
            `director status` says which service is not served), `director_link_up` 0,
            `director_heartbeats_sealed` 0, `director_hash_long_chains` above 0 (packets are looked up
            slowly; `director doctor` says what to set), and `max(director_role{role="ACTIVE"})` of both
            directors that is 0.
            """)
        .toString();
  }
}
