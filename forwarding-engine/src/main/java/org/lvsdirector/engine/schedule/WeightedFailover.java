// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/** {@code fo}: the usable server with the highest weight, so that the others only stand by. */
final class WeightedFailover extends ListScheduler {

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    return Heaviest.of(servers(), _ -> true);
  }
}
