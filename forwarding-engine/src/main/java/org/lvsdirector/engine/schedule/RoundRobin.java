// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/** {@code rr}: the next usable server after the last one chosen; weights count only as 0 or not. */
final class RoundRobin extends ListScheduler {
  private static final int BEFORE_FIRST = -1;

  /** Place of the server chosen last. */
  private int cursor = BEFORE_FIRST;

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    var count = servers().size();
    for (var step = 1; step <= count; step++) {
      var place = (cursor + step) % count;
      if (servers().get(place).isUsable()) {
        cursor = place;
        return servers().get(place);
      }
    }
    return null;
  }

  @Override
  void afterAdd(Destination destination) {
    if (cursor != BEFORE_FIRST) {
      cursor++;
    }
  }

  /** The cursor stays on its server, or steps back to the one before when its own left. */
  @Override
  void afterRemove(Destination destination, int place) {
    if (place <= cursor) {
      cursor--;
    }
  }
}
