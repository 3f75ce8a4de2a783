package org.lvsdirector.engine.ipvs.sync;

import org.lvsdirector.engine.ipvs.sync.Exchange.Verdict;

/** When the standby counts as in sync. Pure. */
final class InSync {
  /** The kernel keeps a message for up to 3 s before it sends it. */
  static final long MAX_MISSING_MILLIS = 5_000;

  private static final int ONE_IN = 100;

  private InSync() {}

  /**
   * Whether nothing is missing or, on a director where connections come and go at every moment, at
   * most one in a hundred, and none for longer than 5 s.
   */
  static boolean is(Verdict verdict) {
    return verdict.missing() == 0
        || (long) verdict.missing() * ONE_IN <= verdict.total()
            && verdict.oldestMissingMillis() < MAX_MISSING_MILLIS;
  }
}
