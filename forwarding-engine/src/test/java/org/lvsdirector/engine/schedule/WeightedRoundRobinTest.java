// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.SchedulerName;

/** The shortcut over rounds that nobody reaches, against the rounds gone one by one. */
class WeightedRoundRobinTest {

  @Test
  void decidesAsIfItWentRoundByRound() {
    for (var seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var pool = new Pool(SchedulerName.WRR);
      var slow = new RoundByRound();
      for (var step = 0; step < 120; step++) {
        if (pool.servers.isEmpty() || random.nextInt(12) == 0) {
          var server = new Destination(Pool.endpoint(pool.servers.size()), weight(random), 2, 1);
          pool.add(server);
          slow.list.addFirst(server);
          slow.changed();
        } else if (random.nextInt(12) == 0) {
          var server = pool.servers.get(random.nextInt(pool.servers.size()));
          server.edit(weight(random), 2, 1);
          pool.scheduler.edited(server);
          slow.changed();
        } else if (random.nextInt(3) == 0) {
          pool.servers.get(random.nextInt(pool.servers.size())).connections(random.nextInt(4), 0);
        }
        assertThat(pool.name(pool.scheduler.schedule(Pool.from("10.1.0.1"), 0)))
            .as("seed %d step %d", seed, step)
            .isEqualTo(pool.name(slow.next()));
      }
    }
  }

  @Test
  void hugeWeightsOfOverloadedServersCostNoRounds() {
    var pool = new Pool(SchedulerName.WRR).add(65535, 1, 65521);
    pool.overload('A');
    pool.overload('C');
    assertThat(pool.choose(200_000)).isEqualTo("B".repeat(200_000));
  }

  private static int weight(Random random) {
    return random.nextInt(6) * (random.nextBoolean() ? 6 : random.nextInt(1, 4));
  }

  /** The rule as it is told: lower the bar by one step a round. */
  private static final class RoundByRound {
    final List<Destination> list = new ArrayList<>();
    private int cursor = -1;
    private int current;
    private int max;
    private int step = 1;

    void changed() {
      cursor = -1;
      step = Math.max(1, Weights.gcd(list, Destination::weight));
      max = Weights.max(list, Destination::weight) - (step - 1);
      if (current > max || current == 0) {
        current = max;
      } else if (step > 1) {
        current = current / step * step + 1;
      }
    }

    @Nullable Destination next() {
      if (max == 0) {
        return null;
      }
      var start = cursor;
      var stop = -1;
      var restarted = false;
      var lastRound = false;
      while (true) {
        while (++cursor < list.size()) {
          var server = list.get(cursor);
          if (!server.isOverloaded() && server.weight() >= current) {
            return server;
          }
          if (cursor == stop) {
            return null;
          }
        }
        cursor = -1;
        current -= step;
        if (current <= 0) {
          current = max;
          if (lastRound || start == -1) {
            return null;
          }
          restarted = true;
        }
        lastRound = current <= step;
        if (lastRound && restarted) {
          stop = start;
        }
      }
    }
  }
}
