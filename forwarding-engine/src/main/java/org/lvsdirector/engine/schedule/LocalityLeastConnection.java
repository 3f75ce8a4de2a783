// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/**
 * {@code lblc}: the server that the virtual address had before, or by {@code wlc} when there is
 * none, it is not there, or it is busy while others idle. A remembered server is used up to its
 * weight even if it is marked overloaded, as in the kernel.
 */
final class LocalityLeastConnection extends LocalityScheduler {
  private final LocalityCache<Destination> cache = new LocalityCache<>();

  @Override
  public @Nullable Destination schedule(Flow flow, long nowNanos) {
    cache.advance(nowNanos);
    var remembered = cache.get(flow.destination(), nowNanos);
    var server = remembered == null ? null : present(remembered);
    if (server != null && server.weight() > 0 && !isBusy(server)) {
      return server;
    }
    var chosen = Load.least(servers(), Load::overhead);
    if (chosen != null) {
      cache.put(flow.destination(), chosen, nowNanos);
    }
    return chosen;
  }
}
