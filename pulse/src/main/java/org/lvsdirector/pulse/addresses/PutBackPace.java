// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a fight over an address from using up the machine: after a few rounds within some seconds
 * the next one waits. Knows no clock.
 */
final class PutBackPace {
  private static final int FREE = 5;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Deque<Long> rounds = new ArrayDeque<>();

  /** An address was put back. */
  void putBack(long nowNanos) {
    rounds.addLast(nowNanos);
    if (rounds.size() > FREE) {
      rounds.removeFirst();
    }
  }

  /** How long to wait before looking again. */
  long pauseNanos(long nowNanos) {
    var isHectic = rounds.size() == FREE && nowNanos - rounds.getFirst() < WINDOW_NANOS;
    return isHectic ? PAUSE_NANOS : 0;
  }
}
