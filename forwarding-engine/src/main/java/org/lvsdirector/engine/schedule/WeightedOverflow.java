// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/**
 * {@code ovf}: the server with the highest weight until its active connections exceed the weight,
 * then the next. A server takes weight + 1 connections.
 */
final class WeightedOverflow extends ListScheduler {

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    return Heaviest.of(servers(), server -> server.active() <= server.weight());
  }
}
