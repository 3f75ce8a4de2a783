// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.util.List;

/**
 * How a drill went: the body of the answer to {@code POST /v1/drill}. Times are in milliseconds
 * since the order.
 *
 * @param isPassed whether the role moved and no client would have noticed
 * @param verdict one sentence
 * @param obstacles why the drill did not begin; empty when it did
 * @param rounds one for the failover, one for the return
 */
public record DrillReport(
    boolean isPassed, String verdict, List<String> obstacles, List<Round> rounds) {
  public DrillReport {
    obstacles = List.copyOf(obstacles);
    rounds = List.copyOf(rounds);
  }

  /**
   * One planned failover.
   *
   * @param from the director that was active
   * @param to the one that should be
   * @param isDone whether it is
   * @param reason why not
   * @param steps what happened, in order
   * @param probes connections that were tried through the virtual addresses
   * @param failed those of them that failed
   * @param longestGapMillis the longest time without a good connection to some service
   */
  public record Round(
      String from,
      String to,
      boolean isDone,
      String reason,
      List<Step> steps,
      int probes,
      int failed,
      double longestGapMillis) {
    public Round {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Something that happened.
   *
   * @param atMillis when
   * @param what in words
   */
  public record Step(double atMillis, String what) {}
}
