// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Puts what other programs say by the wall clock on the monotonic clock of this one. */
final class WallClock {
  private WallClock() {}

  /** The value of {@link System#nanoTime} at that moment. */
  static long nanos(Instant instant) {
    return System.nanoTime() - instant.until(Instant.now(), ChronoUnit.NANOS);
  }

  /** The moment at that value of {@link System#nanoTime}. */
  static Instant instant(long nanos) {
    return Instant.now().minusNanos(System.nanoTime() - nanos);
  }
}
