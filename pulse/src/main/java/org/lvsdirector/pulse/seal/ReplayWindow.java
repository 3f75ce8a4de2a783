// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.util.BitSet;

/**
 * Takes each number of a rising sequence once: those that come out of order within a window too,
 * those behind it never. After RFC 4303, section 3.4.3.
 */
final class ReplayWindow {

  /** How far behind the highest a number may be. */
  static final int SIZE = 1024;

  private final BitSet taken = new BitSet(SIZE);
  private long highest;

  /** Whether the number, above 0, is taken now for the first time. */
  boolean take(long number) {
    if (number <= 0 || number <= highest - SIZE) {
      return false;
    }
    var place = (int) (number % SIZE);
    if (number <= highest) {
      var isNew = !taken.get(place);
      taken.set(place);
      return isNew;
    }
    if (number - highest >= SIZE) {
      taken.clear();
    } else {
      for (var between = highest + 1; between < number; between++) {
        taken.clear((int) (between % SIZE));
      }
    }
    taken.set(place);
    highest = number;
    return true;
  }
}
