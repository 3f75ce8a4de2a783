// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import java.util.PriorityQueue;

/** Virtual time: events run in the order of their times, those of one time as planned. */
final class Timeline {

  static final long MS = 1_000_000;
  static final long SECOND = 1000 * MS;

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long now;
  private long planned;
  private long events;

  long now() {
    return now;
  }

  long events() {
    return events;
  }

  void after(long nanos, Runnable action) {
    queue.add(new Event(now + Math.max(0, nanos), planned++, action));
  }

  /** Runs the next event that is not after {@code end}; false when there is none. */
  boolean next(long end) {
    var event = queue.peek();
    if (event == null || event.at() > end) {
      now = Math.max(now, end);
      return false;
    }
    queue.remove();
    now = event.at();
    events++;
    event.action().run();
    return true;
  }
}
