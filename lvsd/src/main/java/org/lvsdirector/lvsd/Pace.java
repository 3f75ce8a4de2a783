package org.lvsdirector.lvsd;

/** When the next reconciliation is due. Pure. */
final class Pace {
  static final long PERIOD_NANOS = 5_000_000_000L;
  static final long GAP_NANOS = 10_000_000;
  private static final long FIRST_RETRY_NANOS = 100_000_000;
  private static final int MOST_DOUBLINGS = 6;

  private Pace() {}

  /**
   * Soon when something came in, but with a gap, so that a burst is one reconciliation; after
   * trouble with a growing delay; else once in a period, for drift.
   *
   * @param lastNanos when the last one began
   * @param hasInput whether something came in since
   * @param troubles how many in a row had trouble or left something undone
   */
  static long dueNanos(long lastNanos, boolean hasInput, int troubles) {
    if (hasInput) {
      return lastNanos + GAP_NANOS;
    }
    if (troubles == 0) {
      return lastNanos + PERIOD_NANOS;
    }
    var delayNanos = FIRST_RETRY_NANOS << Math.min(troubles - 1, MOST_DOUBLINGS);
    return lastNanos + Math.min(delayNanos, PERIOD_NANOS);
  }
}
