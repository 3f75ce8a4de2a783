// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/** {@code sed}: the server that would have the least active connections for its weight. */
final class ShortestExpectedDelay extends ListScheduler {

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    return Load.least(servers(), Load::expectedDelay);
  }
}
