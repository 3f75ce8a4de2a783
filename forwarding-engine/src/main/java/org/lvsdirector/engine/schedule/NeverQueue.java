// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/** {@code nq}: the first idle server; when all are busy, as {@code sed}. */
final class NeverQueue extends ListScheduler {

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    for (var i = 0; i < servers().size(); i++) {
      var server = servers().get(i);
      if (server.active() == 0 && server.isUsable()) {
        return server;
      }
    }
    return Load.least(servers(), Load::expectedDelay);
  }
}
