// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/** {@code lc}: the server with the least load; weights count only as 0 or not. */
final class LeastConnection extends ListScheduler {

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    Destination least = null;
    for (var i = 0; i < servers().size(); i++) {
      var server = servers().get(i);
      if (server.isUsable()
          && (least == null || Load.isHigher(Load.overhead(least), 1, Load.overhead(server), 1))) {
        least = server;
      }
    }
    return least;
  }
}
