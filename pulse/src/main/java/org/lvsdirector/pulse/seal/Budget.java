// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

/** So many of something in a second, which is one of any clock, wherever that goes. Pure. */
final class Budget {

  /** More than ever start within a second, and few enough to cost nothing. */
  static final int PER_SECOND = 256;

  private static final long SECOND_MILLIS = 1000;

  private long second = Long.MIN_VALUE;
  private int taken;

  boolean take(long nowMillis) {
    var now = Math.floorDiv(nowMillis, SECOND_MILLIS);
    taken = now == second ? taken + 1 : 1;
    second = now;
    return taken <= PER_SECOND;
  }
}
