// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.ArrayList;
import java.util.List;

/** A scheduler with its list of servers, the newest at the front. */
abstract sealed class ListScheduler implements Scheduler
    permits RoundRobin,
        WeightedRoundRobin,
        LeastConnection,
        WeightedLeastConnection,
        ShortestExpectedDelay,
        NeverQueue,
        WeightedFailover,
        WeightedOverflow,
        TwoChoices,
        HashScheduler,
        LocalityScheduler {

  private final ArrayList<Destination> list = new ArrayList<>();

  /** The servers in list order; a live view. */
  final List<Destination> servers() {
    return list;
  }

  @Override
  public final void added(Destination destination) {
    list.addFirst(destination);
    afterAdd(destination);
  }

  @Override
  public final void removed(Destination destination) {
    for (var i = 0; i < list.size(); i++) {
      if (list.get(i) == destination) {
        list.remove(i);
        afterRemove(destination, i);
        return;
      }
    }
  }

  @Override
  public final void edited(Destination destination) {
    afterEdit();
  }

  /** The server was put at the front. */
  void afterAdd(Destination destination) {}

  /** The server was taken from this place of the list. */
  void afterRemove(Destination destination, int place) {}

  /** The weight or the thresholds of a server in the list changed. */
  void afterEdit() {}
}
