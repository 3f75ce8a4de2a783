// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.time.Duration;
import org.lvsdirector.config.ServerKey;

/** When a server is checked: at a fixed rate in a phase of its own. Pure. */
final class Schedule {
  private static final long SHORTEST_INTERVAL_NANOS = 1_000_000;
  private static final long WIDEST_SPREAD_NANOS = 1_000_000_000;
  private static final long SPREAD_PER_SERVER_NANOS = 10_000_000;

  private Schedule() {}

  /**
   * How long after the start a server's first check begins: within one interval, one second and 10
   * ms for each server that starts with it, so that few servers have their verdicts almost at once
   * and many do not start together. Depends on nothing but the arguments.
   *
   * @param together how many servers start at the same time, this one included
   */
  static long firstDelayNanos(ServerKey key, int together, Duration interval) {
    var spread = Math.min(intervalNanos(interval), WIDEST_SPREAD_NANOS);
    spread = Math.min(spread, together * SPREAD_PER_SERVER_NANOS);
    return Math.floorMod(mixed(key.toString().hashCode()), spread);
  }

  /** The next time after now in the phase of {@code dueNanos}; what was missed stays missed. */
  static long nextNanos(long dueNanos, Duration interval, long nowNanos) {
    var step = intervalNanos(interval);
    var late = Math.max(0, nowNanos - dueNanos);
    return dueNanos + (late / step + 1) * step;
  }

  private static long intervalNanos(Duration interval) {
    return Math.max(SHORTEST_INTERVAL_NANOS, interval.toNanos());
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): spreads similar keys evenly. */
  private static long mixed(long value) {
    var z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
