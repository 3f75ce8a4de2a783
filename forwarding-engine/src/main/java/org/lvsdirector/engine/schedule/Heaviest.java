// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The choice by weight alone. */
final class Heaviest {
  private Heaviest() {}

  /**
   * The usable server with the highest weight among those allowed, the first of equals.
   *
   * @return null when there is none
   */
  static @Nullable Destination of(List<Destination> servers, Predicate<Destination> isAllowed) {
    Destination heaviest = null;
    for (var i = 0; i < servers.size(); i++) {
      var server = servers.get(i);
      if (server.isUsable()
          && isAllowed.test(server)
          && (heaviest == null || server.weight() > heaviest.weight())) {
        heaviest = server;
      }
    }
    return heaviest;
  }
}
