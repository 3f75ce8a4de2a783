// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.util.ArrayList;
import java.util.List;

/** The table of the scenarios. */
public final class Report {
  private final List<Row> rows = new ArrayList<>();

  /**
   * What one scenario showed; times are in milliseconds, -1 for what did not happen.
   *
   * @param scenario its name
   * @param detection from the fault to the claim of the standby
   * @param takeover from the fault to the address on the standby
   * @param outage the longest time without service for a client
   * @param transitions changes of role, of both
   * @param dual for how long both kernels had the address, from the fault on
   * @param dualOnWire for how long two hosts answered for it, in steps of 40 ms
   * @param verdict what it means
   */
  public record Row(
      String scenario,
      long detection,
      long takeover,
      long outage,
      int transitions,
      long dual,
      long dualOnWire,
      String verdict) {}

  /** Adds a row. */
  public synchronized void add(Row row) {
    rows.add(row);
  }

  /** The table as text. */
  public synchronized String text() {
    var text = new StringBuilder();
    text.append(
        "%-50s %9s %9s %9s %6s %9s %9s  %s%n"
            .formatted(
                "scenario",
                "detect ms",
                "taken ms",
                "outage ms",
                "trans.",
                "dual ms",
                "ARP dual",
                "verdict"));
    for (var row : rows) {
      text.append(
          "%-50s %9s %9s %9s %6d %9d %9d  %s%n"
              .formatted(
                  row.scenario(),
                  shown(row.detection()),
                  shown(row.takeover()),
                  shown(row.outage()),
                  row.transitions(),
                  row.dual(),
                  row.dualOnWire(),
                  row.verdict()));
    }
    return text.toString();
  }

  private static String shown(long millis) {
    return millis < 0 ? "-" : Long.toString(millis);
  }
}
