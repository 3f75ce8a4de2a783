// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/** {@code wrr}: round robin in which a server's turns are proportional to its weight. */
final class WeightedRoundRobin extends ListScheduler {

  /*
   * Rounds go over the list with a falling bar: from the highest weight down to the lowest step,
   * by the greatest common divisor of the weights. A server gets its turn in every round whose bar
   * its weight reaches. The bar outlives changes of the list, so the sequence depends on history.
   *
   * The kernel lowers the bar round by round even when no usable server reaches it. Here it drops
   * at once to the first value that some usable server reaches, which is the same decision without
   * walking the list up to 65535 times.
   */
  private static final int BEFORE_FIRST = -1;

  private int cursor = BEFORE_FIRST;
  private int bar;
  private int highestBar;
  private int step = 1;

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    var highestUsable = highestUsableWeight();
    if (highestUsable == 0) {
      if (cursor == BEFORE_FIRST || bar > step) {
        newRounds();
      }
      return null;
    }
    while (true) {
      var chosen = firstReachingBar();
      if (chosen != null) {
        return chosen;
      }
      nextRound(highestUsable);
    }
  }

  private @Nullable Destination firstReachingBar() {
    for (var place = cursor + 1; place < servers().size(); place++) {
      var server = servers().get(place);
      if (!server.isOverloaded() && server.weight() >= bar) {
        cursor = place;
        return server;
      }
    }
    return null;
  }

  private void nextRound(int highestUsable) {
    if (bar - step <= 0) {
      newRounds();
    } else {
      bar -= step;
      cursor = BEFORE_FIRST;
    }
    bar = Math.max(1, Math.min(bar, highestUsable - (step - 1)));
  }

  private void newRounds() {
    bar = highestBar;
    cursor = BEFORE_FIRST;
  }

  private int highestUsableWeight() {
    var highest = 0;
    for (var i = 0; i < servers().size(); i++) {
      if (!servers().get(i).isOverloaded()) {
        highest = Math.max(highest, servers().get(i).weight());
      }
    }
    return highest;
  }

  @Override
  void afterAdd(Destination destination) {
    measure();
  }

  @Override
  void afterRemove(Destination destination, int place) {
    measure();
  }

  @Override
  void afterEdit() {
    measure();
  }

  private void measure() {
    cursor = BEFORE_FIRST;
    step = Math.max(1, Weights.gcd(servers(), Destination::weight));
    highestBar = Weights.max(servers(), Destination::weight) - (step - 1);
    if (bar > highestBar || bar == 0) {
      bar = highestBar;
    } else if (step > 1) {
      bar = bar / step * step + 1;
    }
  }
}
