// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

/**
 * A table of flows in short: their hashes parted into buckets, and of each bucket how many there
 * are and their sum. Two buckets with the same flows are equal, in whatever order they came. For
 * one thread at a time.
 */
final class Buckets {
  /** The most bits that choose a bucket. */
  static final int MAX_BITS = 13;

  private static final int MIN_BITS = 4;
  private static final int FLOWS_OF_BUCKET = 64;

  private final int bits;
  private final int[] counts;
  private final long[] sums;

  /** Empty buckets, 2 to the power of {@code bits} of them. */
  Buckets(int bits) {
    if (bits < 1 || bits > MAX_BITS) {
      throw new IllegalArgumentException("2^" + bits + " buckets");
    }
    this.bits = bits;
    counts = new int[1 << bits];
    sums = new long[1 << bits];
  }

  /** How many bits suit so many flows. */
  static int bitsFor(int flows) {
    var wanted = 32 - Integer.numberOfLeadingZeros(flows / FLOWS_OF_BUCKET);
    return Math.clamp(wanted, MIN_BITS, MAX_BITS);
  }

  int bits() {
    return bits;
  }

  int size() {
    return counts.length;
  }

  /** The bucket of a hash. */
  int of(long hash) {
    return (int) (hash >>> Long.SIZE - bits);
  }

  /** Adds the hash of a flow. */
  void add(long hash) {
    var bucket = of(hash);
    counts[bucket]++;
    sums[bucket] += hash;
  }

  /** Puts a bucket that somebody else has filled. */
  void set(int bucket, int count, long sum) {
    counts[bucket] = count;
    sums[bucket] = sum;
  }

  int count(int bucket) {
    return counts[bucket];
  }

  long sum(int bucket) {
    return sums[bucket];
  }

  /** Whether a bucket differs from that of others of the same size. */
  boolean differs(int bucket, Buckets others) {
    return counts[bucket] != others.counts[bucket] || sums[bucket] != others.sums[bucket];
  }
}
