// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.util.Arrays;

/** How long the last some hundred of something took. Added to by one thread, read by any. */
public final class RecentTimes {
  private static final int RING = 512;

  private final long[] nanos = new long[RING];
  private int filled;
  private int next;
  private volatile Percentiles published = new Percentiles(0, 0);

  /**
   * What they were like when they were published last.
   *
   * @param medianNanos half of them took no longer
   * @param p99Nanos ninety-nine of a hundred took no longer
   */
  public record Percentiles(long medianNanos, long p99Nanos) {}

  /** Nothing was added yet. */
  public RecentTimes() {}

  public void add(long time) {
    nanos[next] = time;
    next = (next + 1) % RING;
    filled = Math.min(filled + 1, RING);
  }

  /** Works the percentiles out, which costs a sort. */
  public void publish() {
    var sorted = Arrays.copyOf(nanos, filled);
    Arrays.sort(sorted);
    published = new Percentiles(percentile(sorted, 50), percentile(sorted, 99));
  }

  public Percentiles published() {
    return published;
  }

  private static long percentile(long[] sorted, int percent) {
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * percent / 100];
  }
}
