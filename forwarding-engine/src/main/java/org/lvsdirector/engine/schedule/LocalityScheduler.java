// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;

/** A scheduler that keeps a virtual address with its servers while they are not busy. */
abstract sealed class LocalityScheduler extends ListScheduler
    permits LocalityLeastConnection, LocalityReplicated {

  private final Map<Endpoint, Destination> present = new HashMap<>();

  /**
   * The server as it is in the service now: a server that left and came back is the same to a
   * cache.
   *
   * @return null when it is not there
   */
  final @Nullable Destination present(Destination remembered) {
    return present.get(remembered.endpoint());
  }

  /** Whether the server has more than its share while another has less than half of its own. */
  final boolean isBusy(Destination server) {
    return server.active() > server.weight() && hasIdleServer(servers());
  }

  private static boolean hasIdleServer(List<Destination> servers) {
    for (var i = 0; i < servers.size(); i++) {
      if (2L * servers.get(i).active() < servers.get(i).weight()) {
        return true;
      }
    }
    return false;
  }

  @Override
  final void afterAdd(Destination destination) {
    present.put(destination.endpoint(), destination);
  }

  @Override
  final void afterRemove(Destination destination, int place) {
    present.remove(destination.endpoint(), destination);
  }
}
