// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.jspecify.annotations.Nullable;

/**
 * A sequence of an incarnation that is far ahead of what was heard of it before, or is the first
 * that was heard: it may be forged, and then what the incarnation really says is lower. Sequences
 * that lie in between and rise, for a deadtime and with none above, show that it is.
 *
 * @param heard the highest sequence before
 * @param to the sequence that was leapt to
 * @param lower the highest that was heard in between since; 0 for none
 * @param lowerSinceNanos since when they are all that is heard; -1 when they are not
 */
public record Leap(long heard, long to, long lower, long lowerSinceNanos) {

  /** What networks reorder, and far more; a smaller step is nothing to wonder about. */
  private static final long WINDOW = 64;

  /** More heartbeats than one for each keepalive are sent when something happens. */
  private static final long MOST_PER_KEEPALIVE = 8;

  static Leap first(long before, long sequence) {
    return new Leap(before, sequence, 0, -1);
  }

  /** Whether so much time explains a step from one sequence to a higher one. */
  static boolean isStep(long from, long to, long keepalives) {
    return to - from <= WINDOW + MOST_PER_KEEPALIVE * keepalives;
  }

  /** Whether a sequence was never heard, and lies too far below to be late. */
  boolean isContradictedBy(long sequence) {
    return sequence > honest() && sequence < to - WINDOW;
  }

  /** The highest sequence that nothing speaks against. */
  long honest() {
    return Math.max(heard, lower);
  }

  Leap contradicted(long sequence, long nowNanos) {
    return new Leap(heard, to, sequence, lowerSinceNanos < 0 ? nowNanos : lowerSinceNanos);
  }

  /** Something higher was heard again; null when so much was that it is no leap any more. */
  @Nullable Leap confirmed(long sequence) {
    if (heard > 0 && sequence - to > WINDOW) {
      return null;
    }
    return lowerSinceNanos < 0 ? this : new Leap(heard, to, lower, -1);
  }

  boolean isRefuted(long nowNanos, long deadtimeNanos) {
    return lowerSinceNanos >= 0 && nowNanos - lowerSinceNanos >= deadtimeNanos;
  }
}
