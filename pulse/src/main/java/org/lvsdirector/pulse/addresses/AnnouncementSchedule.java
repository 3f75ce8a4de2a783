// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * When which address is to be announced: all at once first, then again with growing gaps, since any
 * frame may be lost, then once a minute for ever, since some switches and routers forget. Knows no
 * clock. Owned by one thread at a time.
 */
final class AnnouncementSchedule {

  /** The rounds after the first one, in milliseconds after the beginning. */
  private static final long[] ROUNDS_MILLIS = {0, 100, 300, 1_000, 3_000, 10_000, 30_000};

  /** How long after the latest round the next one is, for ever. */
  static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** No time at all. */
  static final long NEVER = Long.MAX_VALUE;

  private static final Comparator<Turn> ORDER =
      Comparator.comparingLong(Turn::dueNanos)
          .thenComparingInt(Turn::frame)
          .thenComparingInt(Turn::place);

  private final PriorityQueue<Turn> turns = new PriorityQueue<>(ORDER);

  /**
   * A frame that is to be sent.
   *
   * @param announced the address
   * @param frame which one of its frames
   * @param isFirstRound whether it belongs to the burst at the beginning
   */
  record Due(Announced announced, int frame, boolean isFirstRound) {}

  private record Turn(
      Announced announced, int place, int frame, int round, long startNanos, long dueNanos) {

    Turn next() {
      var following = round + 1;
      var due =
          following < ROUNDS_MILLIS.length
              ? startNanos + TimeUnit.MILLISECONDS.toNanos(ROUNDS_MILLIS[following])
              : dueNanos + REFRESH_NANOS;
      return new Turn(announced, place, frame, following, startNanos, due);
    }
  }

  /** Begins anew with exactly these addresses. */
  void restart(List<Announced> announced, long nowNanos) {
    turns.clear();
    for (var place = 0; place < announced.size(); place++) {
      var one = announced.get(place);
      for (var frame = 0; frame < one.frames(); frame++) {
        turns.add(new Turn(one, place, frame, 0, nowNanos, nowNanos));
      }
    }
  }

  /** Announces nothing any more. */
  void clear() {
    turns.clear();
  }

  /** When the next frame is due, or {@link #NEVER}. */
  long nextNanos() {
    var next = turns.peek();
    return next == null ? NEVER : next.dueNanos();
  }

  /**
   * What is due now, each frame once: the first frame of every address before the second one of
   * any.
   *
   * @param atMost so many, the rest later
   */
  List<Due> take(long nowNanos, int atMost) {
    var due = new ArrayList<Due>();
    while (due.size() < atMost && nextNanos() <= nowNanos) {
      var turn = turns.remove();
      due.add(new Due(turn.announced(), turn.frame(), turn.round() == 0));
      turns.add(turn.next());
    }
    return due;
  }
}
