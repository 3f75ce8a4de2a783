// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.time.Duration;

/** How long parts of the daemon may take, so that who waits for them waits longer. */
public final class Patience {
  /** All the names in an lvs.cf to be looked up. */
  public static final Duration NAMES = Duration.ofSeconds(4);

  /** The engine to take a new configuration over. */
  public static final Duration RECONCILIATION = Duration.ofSeconds(3);

  /** An order to end: longer than pulse's own limit for a handover and the release after it. */
  public static final Duration ORDER = Duration.ofSeconds(20);

  /** An answer to come that the daemon has at hand, on a machine that is busy. */
  public static final Duration ANSWER = Duration.ofSeconds(5);

  /** The answer to a reload. */
  public static final Duration RELOAD_ANSWER = NAMES.plus(RECONCILIATION).plus(ANSWER);

  /** The answer to an order. */
  public static final Duration ORDER_ANSWER = ORDER.plus(ANSWER.multipliedBy(2));

  /** The answer to a drill: two orders, and what is measured before and after each. */
  public static final Duration DRILL_ANSWER = ORDER_ANSWER.multipliedBy(3);

  private Patience() {}
}
