// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets through one of many like log lines per interval. */
final class LogLimiter {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

  /** Whether the interval since the last line is over; if so a new one begins. */
  boolean isDue() {
    var nowNanos = System.nanoTime();
    var next = nextNanos.get();
    return nowNanos - next >= 0 && nextNanos.compareAndSet(next, nowNanos + INTERVAL_NANOS);
  }
}
