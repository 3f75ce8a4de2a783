// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what other processes do. */
final class Waiting {
  static final long PATIENCE_NANOS = 60_000_000_000L;

  private Waiting() {}

  /** Something that is awaited. */
  @FunctionalInterface
  interface Condition {
    /** Whether it has come. */
    boolean holds() throws IOException;
  }

  /** Waits, with patience for a busy machine. */
  static void until(String what, Condition condition) throws IOException {
    until(what, PATIENCE_NANOS, condition);
  }

  /** The same with another patience. */
  static void until(String what, long patienceNanos, Condition condition) throws IOException {
    var end = System.nanoTime() + patienceNanos;
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("not within " + patienceNanos / 1_000_000_000 + " s: " + what);
      }
      nanos(10_000_000L);
    }
  }

  /** Lets time pass in which something must not happen. */
  static void nanos(long nanos) {
    var end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
    }
  }
}
