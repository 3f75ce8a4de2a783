// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/** The hashes of the standby's flows in one comparison. Pure. */
public final class Held {
  private final long[] hashes;
  private final Buckets buckets;

  /** What the standby has; the hashes in any order. */
  public Held(long[] hashes) {
    this.hashes = hashes.clone();
    Arrays.sort(this.hashes);
    buckets = new Buckets(Buckets.bitsFor(hashes.length));
    for (var hash : this.hashes) {
      buckets.add(hash);
    }
  }

  public Buckets buckets() {
    return buckets;
  }

  /** The hashes in some buckets, one bucket after the other, as many as fit a chunk. */
  public LongBuffer of(List<Integer> wanted) {
    var chunk = LongBuffer.allocate(Exchange.MAX_HASHES);
    for (var bucket : wanted) {
      var isBucket = bucket >= 0 && bucket < buckets.size();
      var count = isBucket ? Math.min(buckets.count(bucket), chunk.remaining()) : 0;
      chunk.put(hashes, count == 0 ? 0 : firstOf(bucket), count);
    }
    return chunk.flip();
  }

  /** A bucket is one stretch of the sorted hashes, since its bits are their highest. */
  private int firstOf(int bucket) {
    var lowest = (long) bucket << Long.SIZE - buckets.bits();
    var at = Arrays.binarySearch(hashes, lowest);
    var first = at < 0 ? -at - 1 : at;
    while (first > 0 && hashes[first - 1] == lowest) {
      first--;
    }
    return first;
  }
}
