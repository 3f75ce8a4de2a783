// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * A fault of a soak and what came of it.
 *
 * @param role of the director that had it
 * @param broken the invariants that did not hold, a sentence each
 */
public record SoakRound(
    int number, SoakFault fault, String role, String director, Seen seen, List<String> broken) {

  static final String HEAD =
      """
      | fault | | of the | outage ms | two answer ms | settled ms | changes | connections lost, slow | machine late ms | |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  public SoakRound {
    broken = List.copyOf(broken);
  }

  /**
   * What witnesses saw.
   *
   * @param outageMillis the longest time without service for a client
   * @param dualMillis for how long two machines answered for the address, where that has a bound
   * @param settledMillis from the end of the fault until one was active and the other ready
   * @param transitions changes of role, of both
   * @param failed connections that were lost or not made
   * @param slow connections that took longer than 250 ms
   * @param stalledMillis how late this machine was itself: with a thread that does nothing else,
   *     and with packets that no director forwards
   */
  public record Seen(
      long outageMillis,
      long dualMillis,
      long settledMillis,
      int transitions,
      int failed,
      int slow,
      long stalledMillis) {

    /**
     * The invariants that did not hold. That the machine is late is no fault of a director; clients
     * meet it twice, since what they send and get goes by the director, to a server, and back.
     */
    List<String> broken(Profile profile, SoakFault fault) {
      var broken = new ArrayList<String>();
      var outageBound = 4 * profile.deadtimeMillis() + 2 * stalledMillis;
      if (outageMillis > outageBound) {
        broken.add("outage of %d ms, more than %d".formatted(outageMillis, outageBound));
      }
      var dualBound = profile.dualBoundMillis() + stalledMillis;
      if (dualMillis > dualBound) {
        broken.add("two answered for %d ms, more than %d".formatted(dualMillis, dualBound));
      }
      var isStalled = stalledMillis > profile.deadtimeMillis() / 2;
      if (!fault.mayMoveTheRole() && transitions > 0 && !isStalled) {
        broken.add(transitions + " changes of role, for nothing");
      }
      return broken;
    }
  }

  /** Its row of the table. */
  String row() {
    return "| %d | %s | %s (%s) | %d | %d | %d | %d | %d, %d | %d | %s |"
        .formatted(
            number,
            fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
            role,
            director,
            seen.outageMillis,
            seen.dualMillis,
            seen.settledMillis,
            seen.transitions,
            seen.failed,
            seen.slow,
            seen.stalledMillis,
            broken.isEmpty() ? "ok" : String.join("; ", broken));
  }
}
