// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How loads are compared: always load by weight, multiplied out so that nothing is rounded. */
final class Load {
  private Load() {}

  /**
   * The kernel's measure of a server's load: an active connection counts 257, an inactive one 1.
   * (Kernels before 2026 count 256 for an active one.)
   */
  static long overhead(Destination server) {
    return 257L * server.active() + server.inactive();
  }

  /** The active connections that the server would have with one more. */
  static long expectedDelay(Destination server) {
    return server.active() + 1L;
  }

  /** Whether {@code load1 / weight1 > load2 / weight2}; weights may be 0. */
  static boolean isHigher(long load1, int weight1, long load2, int weight2) {
    return load1 * weight2 > load2 * weight1;
  }

  /**
   * The usable server with the least cost for its weight, the first of equals.
   *
   * @return null when none is usable
   */
  static @Nullable Destination least(List<Destination> servers, ToLongFunction<Destination> cost) {
    Destination least = null;
    var leastCost = 0L;
    for (var i = 0; i < servers.size(); i++) {
      var server = servers.get(i);
      if (!server.isUsable()) {
        continue;
      }
      var serverCost = cost.applyAsLong(server);
      if (least == null || isHigher(leastCost, least.weight(), serverCost, server.weight())) {
        least = server;
        leastCost = serverCost;
      }
    }
    return least;
  }
}
