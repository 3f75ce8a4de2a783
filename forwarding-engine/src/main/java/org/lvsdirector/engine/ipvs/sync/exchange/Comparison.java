// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Digests;

/**
 * One comparison, on the active director's side: its own flows against what the standby says. For
 * one thread at a time; no clock, no effects.
 */
public final class Comparison {
  private final Digests theirs;
  private final List<ConnectionEntry> flows;
  private final int[] differing;
  private final long[][] found;
  private int next;
  private List<Integer> asked = List.of();

  /**
   * A comparison.
   *
   * @param flows what the standby should have
   * @param theirs what it has
   */
  public Comparison(List<ConnectionEntry> flows, Digests theirs) {
    this.theirs = theirs;
    this.flows = flows;
    var buckets = theirs.buckets();
    var own = new Buckets(buckets.bits());
    for (var flow : flows) {
      own.add(flow.hash(theirs.seed()));
    }
    differing = differing(own, buckets);
    found = new long[buckets.size()][];
  }

  /** Buckets in which this side has nothing are of no interest. */
  private static int[] differing(Buckets own, Buckets theirs) {
    var differing = new int[own.size()];
    var count = 0;
    for (var i = 0; i < own.size(); i++) {
      if (own.count(i) > 0 && own.differs(i, theirs)) {
        differing[count++] = i;
      }
    }
    return Arrays.copyOf(differing, count);
  }

  /** How many flows the standby should have. */
  public int total() {
    return flows.size();
  }

  /** The next buckets whose hashes are wanted, as many as fit a chunk; none when all are known. */
  public List<Integer> wanted() {
    var chunk = new ArrayList<Integer>();
    var hashes = 0L;
    while (next < differing.length) {
      var bucket = differing[next];
      hashes += theirs.buckets().count(bucket);
      if (!chunk.isEmpty() && hashes > Exchange.MAX_HASHES) {
        break;
      }
      chunk.add(bucket);
      next++;
    }
    asked = List.copyOf(chunk);
    return asked;
  }

  /** Takes the hashes of the buckets that were wanted last. */
  public void take(LongBuffer hashes) {
    var left = hashes.duplicate();
    for (var bucket : asked) {
      var count = Math.clamp(theirs.buckets().count(bucket), 0, left.remaining());
      found[bucket] = new long[count];
      left.get(found[bucket]);
      Arrays.sort(found[bucket]);
    }
    asked = List.of();
  }

  /** The flows that the standby lacks, once all wanted hashes were taken. */
  public List<ConnectionEntry> missing() {
    var isDiffering = new boolean[found.length];
    for (var bucket : differing) {
      isDiffering[bucket] = true;
    }
    var missing = new ArrayList<ConnectionEntry>();
    for (var flow : flows) {
      var hash = flow.hash(theirs.seed());
      var bucket = theirs.buckets().of(hash);
      var has = found[bucket];
      if (isDiffering[bucket] && (has == null || Arrays.binarySearch(has, hash) < 0)) {
        missing.add(flow);
      }
    }
    return missing;
  }
}
