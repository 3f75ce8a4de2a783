// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.util.Arrays;
import org.lvsdirector.pulse.failover.Heartbeat;

/** Counts what arrives on one link. Owned by the loop; others read {@link #published}. */
public final class LinkStats {

  private static final int RING = 512;

  private final long[] lateNanos = new long[RING];
  private int filled;
  private int next;
  private long bootId;
  private long sequence;
  private long arrivedAtNanos = -1;
  private long received;
  private long lost;
  private long rejected;
  private volatile Numbers published = new Numbers(0, 0, 0, 0, 0);

  /** Nothing was counted yet. */
  public LinkStats() {}

  /** What a reader sees; up to half a second old. */
  public record Numbers(long received, long lost, long rejected, long p50Nanos, long p99Nanos) {}

  /** A heartbeat arrived; lateness is what the gap to the one before exceeds keepalive by. */
  public void arrived(Heartbeat heartbeat, long atNanos, long keepaliveNanos) {
    var isSameBoot = heartbeat.bootId() == bootId;
    if (isSameBoot && heartbeat.sequence() <= sequence) {
      return;
    }
    received++;
    var missing = isSameBoot ? heartbeat.sequence() - sequence - 1 : 0;
    lost += missing;
    if (isSameBoot && missing == 0 && arrivedAtNanos >= 0) {
      lateNanos[next] = Math.max(0, atNanos - arrivedAtNanos - keepaliveNanos);
      next = (next + 1) % RING;
      filled = Math.min(filled + 1, RING);
    }
    bootId = heartbeat.bootId();
    sequence = heartbeat.sequence();
    arrivedAtNanos = atNanos;
  }

  public void rejected() {
    rejected++;
  }

  public void publish() {
    var sorted = Arrays.copyOf(lateNanos, filled);
    Arrays.sort(sorted);
    published =
        new Numbers(received, lost, rejected, percentile(sorted, 50), percentile(sorted, 99));
  }

  public Numbers published() {
    return published;
  }

  private static long percentile(long[] sorted, int percent) {
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) * percent / 100];
  }
}
