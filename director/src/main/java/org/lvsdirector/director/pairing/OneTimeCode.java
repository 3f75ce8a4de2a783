// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.time.Duration;

/**
 * A code for as long as it is good: for a time, for one pairing, and for a few tries. Pure.
 *
 * @param code the code
 * @param endNanos when it ends, on a monotonic clock
 * @param triesLeft how many more it may be tried; 0 when it is spent
 */
public record OneTimeCode(PairCode code, long endNanos, int triesLeft) {
  /** How often a code may be tried, mistyped once or twice. */
  public static final int TRIES = 3;

  /** A new one. */
  public static OneTimeCode fresh(PairCode code, Duration life, long nowNanos) {
    return new OneTimeCode(code, nowNanos + life.toNanos(), TRIES);
  }

  /** After somebody began to try it, whether or not to the end. */
  OneTimeCode tried() {
    return new OneTimeCode(code, endNanos, triesLeft - 1);
  }

  boolean isExpired(long nowNanos) {
    return nowNanos - endNanos >= 0;
  }

  boolean isSpent() {
    return triesLeft <= 0;
  }
}
