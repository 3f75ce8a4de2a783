// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import org.lvsdirector.config.IpAddress;

/** What says that a client sticks to a server. Guarded by the {@link ServerPool}. */
final class Template {
  private final IpAddress client;
  private final RealServer server;
  private long untilNanos;
  private long queuedUntilNanos;
  private int connections;

  Template(IpAddress client, RealServer server) {
    this.client = client;
    this.server = server;
  }

  /** The client's address, masked. */
  IpAddress client() {
    return client;
  }

  RealServer server() {
    return server;
  }

  void renew(long untilNanos) {
    this.untilNanos = untilNanos;
  }

  boolean isOver(long nowNanos) {
    return nowNanos - untilNanos >= 0 && connections == 0;
  }

  long untilNanos() {
    return untilNanos;
  }

  /** When the queue that it waits in looks at it again; fixed while it waits. */
  long queuedUntilNanos() {
    return queuedUntilNanos;
  }

  void queueUntil(long nanos) {
    queuedUntilNanos = nanos;
  }

  int connections() {
    return connections;
  }

  void addConnections(int number) {
    connections += number;
  }
}
