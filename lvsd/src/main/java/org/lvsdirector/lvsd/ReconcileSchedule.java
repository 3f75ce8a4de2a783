// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

/** When the next reconciliation is due. Pure. */
final class ReconcileSchedule {
  static final long GAP_NANOS = 10_000_000;
  private static final long FIRST_RETRY_NANOS = 100_000_000;
  private static final long LAST_RETRY_NANOS = 5_000_000_000L;
  private static final int MOST_DOUBLINGS = 6;

  private ReconcileSchedule() {}

  /**
   * Soon when something came in, but with a gap, so that a burst is one reconciliation; after
   * trouble with a growing delay; else when the whole table is checked. Never without a gap, in
   * which parts of the table are checked.
   *
   * @param lastNanos when the last one began
   * @param hasInput whether something came in since
   * @param troubles how many in a row had trouble or left something undone
   * @param checkNanos when the whole table is to be checked
   */
  static long dueNanos(long lastNanos, boolean hasInput, int troubles, long checkNanos) {
    var soonNanos = lastNanos + GAP_NANOS;
    if (hasInput || checkNanos - soonNanos <= 0) {
      return soonNanos;
    }
    if (troubles == 0) {
      return checkNanos;
    }
    var delayNanos = FIRST_RETRY_NANOS << Math.min(troubles - 1, MOST_DOUBLINGS);
    return earlier(lastNanos + Math.min(delayNanos, LAST_RETRY_NANOS), checkNanos);
  }

  /** The earlier one of two moments. */
  static long earlier(long oneNanos, long otherNanos) {
    return oneNanos - otherNanos <= 0 ? oneNanos : otherNanos;
  }
}
