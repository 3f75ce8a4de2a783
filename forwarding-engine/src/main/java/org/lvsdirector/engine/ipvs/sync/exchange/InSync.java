// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Verdict;

/** When the standby counts as in sync. Pure. */
public final class InSync {
  private static final int ONE_IN = 1_000;

  private InSync() {}

  /**
   * Whether nothing is overdue or, of very many, at most one in a thousand. What is missing and not
   * overdue is young and on its way: where connections come and go at every moment there are always
   * some.
   */
  public static boolean is(Verdict verdict) {
    return (long) verdict.overdue() * ONE_IN <= verdict.total();
  }
}
