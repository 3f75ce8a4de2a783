// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * How late this machine lets a thread come that wants to run each 10 ms: what no director mends.
 */
final class Stalls implements Closeable {
  private static final long STEP_NANOS = 10_000_000L;
  private static final long NOTED_NANOS = 20_000_000L;

  private final ConcurrentSkipListMap<Long, Long> lateAt = new ConcurrentSkipListMap<>();
  private volatile boolean isClosed;

  private Stalls() {}

  static Stalls watch() {
    var stalls = new Stalls();
    Thread.ofPlatform().daemon().name("lab/stalls").start(stalls::run);
    return stalls;
  }

  private void run() {
    while (!isClosed) {
      var due = System.nanoTime() + STEP_NANOS;
      LockSupport.parkNanos(STEP_NANOS);
      var late = System.nanoTime() - due;
      if (late > NOTED_NANOS) {
        lateAt.put(due, late);
      }
    }
  }

  /** The longest between two moments. */
  long longestNanos(long fromNanos, long untilNanos) {
    return lateAt.subMap(fromNanos, true, untilNanos, true).values().stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
