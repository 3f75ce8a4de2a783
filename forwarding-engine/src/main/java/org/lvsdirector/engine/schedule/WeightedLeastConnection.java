// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/** {@code wlc}: the server with the least load for its weight. */
final class WeightedLeastConnection extends ListScheduler {

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    return Load.least(servers(), Load::overhead);
  }
}
