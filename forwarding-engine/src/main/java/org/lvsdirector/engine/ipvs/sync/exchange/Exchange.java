// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the two directors say to each other to compare their tables. The standby asks, the active
 * one answers: digests of buckets first, then the hashes of those buckets that differ, a chunk at a
 * time. Pure.
 */
public sealed interface Exchange {
  /** The most hashes in one chunk. */
  int MAX_HASHES = 8192;

  /** The longest reason. */
  int MAX_REASON = 200;

  /** The longest message. */
  int MAX_BYTES = 1 + 8 + 8 + 4 + 1 + (12 << Buckets.MAX_BITS);

  /**
   * The standby has these buckets.
   *
   * @param session a run of comparisons that belong together
   * @param round counts the comparisons of a session from 1 on
   * @param seed of the hashes
   * @param buckets what it has
   */
  record Digests(long session, int round, long seed, Buckets buckets) implements Exchange {}

  /** The active director wants the hashes of these buckets. */
  record Wanted(List<Integer> buckets) implements Exchange {
    public Wanted {
      buckets = List.copyOf(buckets);
    }
  }

  /** The hashes of the buckets that were wanted, one bucket after the other. */
  record Hashes(LongBuffer hashes) implements Exchange {}

  /** The comparison is done. */
  record Compared(Verdict verdict) implements Exchange {}

  /**
   * The other one cannot compare now.
   *
   * @param reason in printable ASCII, up to {@link #MAX_REASON} characters; the rest is cut
   */
  record Declined(String reason) implements Exchange {
    public Declined {
      var cut = reason.substring(0, Math.min(reason.length(), MAX_REASON));
      reason = cut.replaceAll("[^ -~]", "?");
    }
  }

  /**
   * How far the standby is.
   *
   * @param total flows that it should have
   * @param missing those of them that it lacks
   * @param overdue those of them that should have come by now
   * @param oldestMissingMillis since when one of them is known to be missing; 0 for none
   * @param sent how many of the missing were sent to it now
   */
  record Verdict(int total, int missing, int overdue, long oldestMissingMillis, int sent) {}

  /** The bytes of a message. */
  static byte[] encode(Exchange message) {
    var out = ByteBuffer.allocate(MAX_BYTES);
    switch (message) {
      case Digests(var session, var round, var seed, var buckets) -> {
        out.put((byte) 1).putLong(session).putInt(round).putLong(seed);
        out.put((byte) buckets.bits());
        for (var i = 0; i < buckets.size(); i++) {
          out.putInt(buckets.count(i)).putLong(buckets.sum(i));
        }
      }
      case Wanted(var buckets) -> {
        out.put((byte) 2);
        buckets.forEach(out::putInt);
      }
      case Hashes(var hashes) -> {
        out.put((byte) 3);
        var length = Long.BYTES * hashes.remaining();
        out.asLongBuffer().put(hashes.duplicate());
        out.position(1 + length);
      }
      case Compared(var verdict) ->
          out.put((byte) 4)
              .putInt(verdict.total)
              .putInt(verdict.missing)
              .putInt(verdict.overdue)
              .putLong(verdict.oldestMissingMillis)
              .putInt(verdict.sent);
      case Declined(var reason) -> out.put((byte) 5).put(reason.getBytes(StandardCharsets.UTF_8));
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * The message of bytes.
   *
   * @throws IllegalArgumentException when they are none
   */
  static Exchange decode(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    try {
      return switch (in.get()) {
        case 1 -> new Digests(in.getLong(), in.getInt(), in.getLong(), buckets(in));
        case 2 -> {
          var buckets = new ArrayList<Integer>();
          while (in.hasRemaining()) {
            buckets.add(in.getInt());
          }
          yield new Wanted(buckets);
        }
        case 3 -> new Hashes(in.slice().asLongBuffer());
        case 4 ->
            new Compared(
                new Verdict(in.getInt(), in.getInt(), in.getInt(), in.getLong(), in.getInt()));
        case 5 -> new Declined(StandardCharsets.UTF_8.decode(in).toString());
        default -> throw new IllegalArgumentException("message of an unknown kind");
      };
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("message cut short", e);
    }
  }

  private static Buckets buckets(ByteBuffer in) {
    var buckets = new Buckets(in.get());
    for (var i = 0; i < buckets.size(); i++) {
      buckets.set(i, in.getInt(), in.getLong());
    }
    return buckets;
  }
}
