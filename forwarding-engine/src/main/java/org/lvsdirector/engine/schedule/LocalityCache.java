// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;

/**
 * What lblc and lblcr remember of virtual addresses. Forgets as the kernel does, judged by the
 * times that are passed in: every 60 s it looks whether there are too many entries, and every 30th
 * time for entries that nobody used for 24 h.
 *
 * @param <T> what is remembered
 */
final class LocalityCache<T> {

  /** Entries above this number are too many. */
  static final int COMFORTABLE = 16384;

  /** No entry is added at this number. */
  static final int LIMIT = COMFORTABLE * 3 / 2;

  static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(60);
  static final int CHECKS_TO_FULL = 30;
  static final long EXPIRATION_NANOS = TimeUnit.HOURS.toNanos(24);
  static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(6);

  private static final int BITS = 10;

  private final @Nullable Entry<T>[] buckets;
  private int size;
  private int lastBucket;
  private int checks;
  private boolean isStarted;
  private long nextCheckNanos;

  @SuppressWarnings({"unchecked", "rawtypes"})
  LocalityCache() {
    buckets = (@Nullable Entry<T>[]) new Entry[1 << BITS];
  }

  /** Number of entries. */
  int size() {
    return size;
  }

  /** Forgets what is due at this time. Called before each use of the cache. */
  void advance(long nowNanos) {
    if (!isStarted) {
      isStarted = true;
      nextCheckNanos = nowNanos + CHECK_NANOS;
    }
    while (size > 0 && nowNanos - nextCheckNanos >= 0) {
      check(nextCheckNanos);
      nextCheckNanos += CHECK_NANOS;
    }
    if (nowNanos - nextCheckNanos >= 0) {
      skipChecks(nowNanos);
    }
  }

  /** Checks of an empty cache only count. */
  private void skipChecks(long nowNanos) {
    var skipped = (nowNanos - nextCheckNanos) / CHECK_NANOS + 1;
    checks = (int) ((checks + skipped) % CHECKS_TO_FULL);
    nextCheckNanos += skipped * CHECK_NANOS;
  }

  /**
   * What is remembered of an address, which counts as its use.
   *
   * @return null when it is unknown
   */
  @Nullable T get(IpAddress address, long nowNanos) {
    for (var entry = buckets[bucket(address)]; entry != null; entry = entry.next) {
      if (entry.address.equals(address)) {
        entry.usedNanos = nowNanos;
        return entry.value;
      }
    }
    return null;
  }

  /** Remembers a value in place of the present one; a full cache takes no new address. */
  void put(IpAddress address, T value, long nowNanos) {
    var bucket = bucket(address);
    remove(bucket, entry -> entry.address.equals(address), 1);
    if (size < LIMIT) {
      buckets[bucket] = new Entry<>(address, value, nowNanos, buckets[bucket]);
      size++;
    }
  }

  private void check(long nowNanos) {
    checks = (checks + 1) % CHECKS_TO_FULL;
    if (checks == 0) {
      for (var bucket = 0; bucket < buckets.length; bucket++) {
        remove(bucket, unusedFor(EXPIRATION_NANOS, nowNanos), Integer.MAX_VALUE);
      }
    } else if (size > COMFORTABLE) {
      shrink(nowNanos);
    }
  }

  private void shrink(long nowNanos) {
    var goal = Math.min((size - COMFORTABLE) * 4 / 3, COMFORTABLE / 2);
    for (var i = 0; i < buckets.length && goal > 0; i++) {
      lastBucket = (lastBucket + 1) % buckets.length;
      goal -= remove(lastBucket, unusedFor(IDLE_NANOS, nowNanos), Integer.MAX_VALUE);
    }
  }

  private static Predicate<Entry<?>> unusedFor(long nanos, long nowNanos) {
    return entry -> nowNanos - entry.usedNanos > nanos;
  }

  /** Returns how many entries of a bucket it removed. */
  private int remove(int bucket, Predicate<? super Entry<T>> condition, int atMost) {
    var removed = 0;
    Entry<T> before = null;
    for (var entry = buckets[bucket]; entry != null && removed < atMost; entry = entry.next) {
      if (!condition.test(entry)) {
        before = entry;
      } else {
        unlink(bucket, before, entry);
        removed++;
      }
    }
    size -= removed;
    return removed;
  }

  private void unlink(int bucket, @Nullable Entry<T> before, Entry<T> entry) {
    if (before == null) {
      buckets[bucket] = entry.next;
    } else {
      before.next = entry.next;
    }
  }

  private static int bucket(IpAddress address) {
    return AddressHash.hash32(AddressHash.fold(address), BITS);
  }

  private static final class Entry<T> {
    private final IpAddress address;
    private final T value;
    private long usedNanos;
    private @Nullable Entry<T> next;

    Entry(IpAddress address, T value, long usedNanos, @Nullable Entry<T> next) {
      this.address = address;
      this.value = value;
      this.usedNanos = usedNanos;
      this.next = next;
    }
  }
}
