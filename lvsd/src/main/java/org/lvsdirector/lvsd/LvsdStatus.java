// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.util.List;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.table.Table;

/**
 * What lvsd wants, what the engine holds, and how it went, as one immutable value.
 *
 * @param desired what the engine should hold
 * @param held what it held when it was last read
 * @param ageNanos how long ago the last reconciliation ended; meaningless before the first
 * @param counters what happened since the start
 * @param fitness whether this director can forward
 * @param refusals what the engine refused in the last reconciliation
 * @param isSettled whether the engine held all that was desired after the last reconciliation
 */
public record LvsdStatus(
    Table desired,
    Table held,
    long ageNanos,
    Counters counters,
    Fitness fitness,
    List<Refusal> refusals,
    boolean isSettled) {
  public LvsdStatus {
    refusals = List.copyOf(refusals);
  }

  /**
   * What happened since the start.
   *
   * @param reconciliations how often the engine was looked at
   * @param applied changes that the engine made
   * @param refused changes that it refused, each attempt counted
   * @param drifted differences that somebody else made
   * @param failures reconciliations that ended with an error
   */
  public record Counters(
      long reconciliations, long applied, long refused, long drifted, long failures) {
    static final Counters NONE = new Counters(0, 0, 0, 0, 0);

    Counters plus(long applied, long refused, long drifted) {
      return new Counters(
          reconciliations + 1,
          this.applied + applied,
          this.refused + refused,
          this.drifted + drifted,
          failures);
    }

    Counters plusFailure() {
      return new Counters(reconciliations + 1, applied, refused, drifted, failures + 1);
    }
  }
}
