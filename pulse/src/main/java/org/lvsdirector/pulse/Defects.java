// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Defects of a loop, by what it was doing. One that passes costs a step; one that comes each time
 * leaves a director that holds the addresses and can do nothing for them. Not for several threads.
 */
final class Defects {
  /**
   * So often in a row, and it comes each time; soon enough that the partner has not yet claimed.
   */
  static final int MOST_IN_A_ROW = 20;

  private final Map<String, Integer> inARow = new HashMap<>();
  private final Deque<String> doing = new ArrayDeque<>();
  private long count;

  /** The loop begins to do something, perhaps within something else. */
  void begin(String what) {
    doing.push(what);
  }

  /** The loop has done what it began last. */
  void done() {
    inARow.remove(doing.pop());
  }

  /** What the loop began last; something. */
  String doing() {
    return doing.element();
  }

  /** What the loop began last has failed, and all around it; whether that comes each time. */
  boolean isEndless() {
    count++;
    var times = inARow.merge(doing(), 1, Integer::sum);
    doing.clear();
    return times >= MOST_IN_A_ROW;
  }

  /** Defects so far. */
  long count() {
    return count;
  }
}
