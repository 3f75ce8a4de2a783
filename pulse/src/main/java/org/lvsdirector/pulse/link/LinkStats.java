// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.seal.Refusals;

/**
 * Counts what passes on one link, from the day that it was made: the transport what it sends and
 * what it drops, the loop which heartbeats arrive. The one place where a link's counters are made.
 */
public final class LinkStats {

  /** More heartbeats than this are not lost, the count begins anew: the sequence was forged. */
  private static final long LONGEST_GAP = 1_000_000;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong foreign = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private volatile boolean isFailing;

  /** Owned by the loop, as are the next three. */
  private final RecentTimes late = new RecentTimes();

  private long bootId;
  private long sequence;
  private long arrivedAtNanos = -1;

  /** Nothing was counted yet. */
  public LinkStats() {}

  /**
   * What was counted.
   *
   * @param sent heartbeats handed to the kernel
   * @param unsent heartbeats that could not be sent
   * @param received heartbeats accepted
   * @param lost heartbeats missing in the sequence of those received
   * @param rejected datagrams that were no heartbeat of the partner, or of no use
   * @param refused those of the rejected that the seal refused
   * @param jitterMedianMicros how late a heartbeat is, the median of the last some hundred; up to
   *     half a second old
   * @param jitterP99Micros the same, 99th percentile
   * @param foreign those of the rejected that came from other addresses
   */
  public record Counters(
      long sent,
      long unsent,
      long received,
      long lost,
      long rejected,
      Refusals refused,
      long jitterMedianMicros,
      long jitterP99Micros,
      long foreign) {}

  /** What was counted so far; any thread. */
  public Counters counters(Refusals refused) {
    var jitter = late.published();
    return new Counters(
        sent.get(),
        unsent.get(),
        received.get(),
        lost.get(),
        rejected.get(),
        refused,
        TimeUnit.NANOSECONDS.toMicros(jitter.medianNanos()),
        TimeUnit.NANOSECONDS.toMicros(jitter.p99Nanos()),
        foreign.get());
  }

  void sent() {
    sent.incrementAndGet();
    isFailing = false;
  }

  void unsent() {
    unsent.incrementAndGet();
    isFailing = true;
  }

  /** Whether the last message could not be sent. */
  boolean isFailing() {
    return isFailing;
  }

  /** A datagram came from an address that is not the partner's. */
  void foreign() {
    foreign.incrementAndGet();
    rejected.incrementAndGet();
  }

  /** A message got through the transport, which knows by this count what it dropped. */
  void delivered() {
    delivered.incrementAndGet();
  }

  long deliveredSoFar() {
    return delivered.get();
  }

  /** A datagram was no heartbeat of the partner, or of no use. */
  public void rejected() {
    rejected.incrementAndGet();
  }

  /** A heartbeat arrived; lateness is what the gap to the one before exceeds keepalive by. */
  public void arrived(Heartbeat heartbeat, long atNanos, long keepaliveNanos) {
    var isSameBoot =
        heartbeat.bootId() == bootId && Math.abs(heartbeat.sequence() - sequence) < LONGEST_GAP;
    if (isSameBoot && heartbeat.sequence() <= sequence) {
      return;
    }
    received.incrementAndGet();
    var missing = isSameBoot ? heartbeat.sequence() - sequence - 1 : 0;
    lost.addAndGet(missing);
    if (isSameBoot && missing == 0 && arrivedAtNanos >= 0) {
      late.add(Math.max(0, atNanos - arrivedAtNanos - keepaliveNanos));
    }
    bootId = heartbeat.bootId();
    sequence = heartbeat.sequence();
    arrivedAtNanos = atNanos;
  }

  /** Works the jitter out, which costs a sort. */
  public void publish() {
    late.publish();
  }
}
