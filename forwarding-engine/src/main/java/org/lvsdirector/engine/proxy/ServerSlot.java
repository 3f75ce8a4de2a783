// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import org.jspecify.annotations.Nullable;

/** One connection's claim on the server chosen for it; counted as long as it lasts. */
final class ServerSlot {
  private final ServerPool pool;
  private final RealServer server;
  private final @Nullable Template template;
  private boolean isActive;
  private boolean isOver;

  ServerSlot(ServerPool pool, RealServer server, @Nullable Template template, boolean isActive) {
    this.pool = pool;
    this.server = server;
    this.template = template;
    this.isActive = isActive;
  }

  RealServer server() {
    return server;
  }

  /** One side has ended: from now on the connection counts as inactive. Repeating is harmless. */
  void closing() {
    synchronized (pool) {
      if (isActive && !isOver) {
        isActive = false;
        server.addConnections(-1, 1);
      }
    }
  }

  /** The connection is gone. Repeating is harmless. */
  void end() {
    synchronized (pool) {
      if (isOver) {
        return;
      }
      isOver = true;
      server.addConnections(isActive ? -1 : 0, isActive ? 0 : -1);
      if (template != null) {
        template.addConnections(-1);
      }
    }
  }
}
