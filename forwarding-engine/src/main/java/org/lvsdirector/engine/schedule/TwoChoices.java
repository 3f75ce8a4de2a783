// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code twos}: two servers are drawn at random, by weight, and the one with less load for its
 * weight is taken; net/netfilter/ipvs/ip_vs_twos.c, in Debian from Linux 6.12 on.
 */
final class TwoChoices extends ListScheduler {

  /*
   * The kernel draws two numbers from 0 to the sum of the weights of all usable servers, both ends
   * included, and walks the list with each, taking away the weights until nothing is left: the
   * first server has one number more than its weight. Of equals the first draw wins. The draws here
   * come from a generator with a constant seed, since which server is next is no secret.
   */
  private static final long SEED = 0x2c9277b5_27d4eb2fL;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    var total = totalWeight(servers());
    return total == 0
        ? null
        : choose(servers(), random.nextLong(total + 1), random.nextLong(total + 1));
  }

  /** What the weights of all servers add up to that may be chosen. */
  static long totalWeight(List<Destination> servers) {
    var total = 0L;
    for (var i = 0; i < servers.size(); i++) {
      total += servers.get(i).isUsable() ? servers.get(i).weight() : 0;
    }
    return total;
  }

  /**
   * The server for two draws.
   *
   * @param draw1 from 0 to the total weight
   * @param draw2 the same
   * @return null when none is usable
   */
  static @Nullable Destination choose(List<Destination> servers, long draw1, long draw2) {
    var first = drawn(servers, draw1);
    var second = drawn(servers, draw2);
    if (first == null || second == null) {
      return null;
    }
    return Load.isHigher(
            Load.overhead(first), first.weight(), Load.overhead(second), second.weight())
        ? second
        : first;
  }

  private static @Nullable Destination drawn(List<Destination> servers, long draw) {
    var left = draw;
    for (var i = 0; i < servers.size(); i++) {
      var server = servers.get(i);
      if (server.isUsable()) {
        left -= server.weight();
        if (left <= 0) {
          return server;
        }
      }
    }
    return null;
  }
}
