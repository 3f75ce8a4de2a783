// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.List;

/**
 * How full the hash tables are in which an engine looks up each packet.
 *
 * @param connections where connections are found
 * @param services where services are found
 */
public record TableLoad(Hash connections, Hash services) {

  /**
   * A hash table.
   *
   * @param entries what is in it; a connection by NAT may be in it twice
   * @param buckets its present size
   * @param growthExponent the power of two of entries for each bucket above which it grows
   * @param chains how many buckets hold 1 entry, 2 entries and so on; the last number counts those
   *     that hold so many or more. Empty where they were not counted
   */
  public record Hash(long entries, long buckets, int growthExponent, List<Long> chains) {
    public Hash {
      chains = List.copyOf(chains);
    }

    /** Whether there is a table, and its size is known. */
    public boolean hasSize() {
      return buckets > 0;
    }

    /** Whether the chains were counted. */
    public boolean hasChains() {
      return !chains.isEmpty();
    }

    /** Entries for each bucket; 0 without buckets. */
    public double load() {
      return buckets == 0 ? 0 : (double) entries / buckets;
    }

    /**
     * The most entries that one bucket holds; the last number counted means so many or more. 0
     * where they were not counted.
     */
    public int longestChain() {
      for (var length = chains.size(); length > 0; length--) {
        if (chains.get(length - 1) > 0) {
          return length;
        }
      }
      return 0;
    }

    /** How many buckets hold as many entries as are told apart, or more. */
    public long longChains() {
      return chains.isEmpty() ? 0 : chains.getLast();
    }
  }
}
