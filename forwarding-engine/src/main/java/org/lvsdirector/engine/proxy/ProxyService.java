// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.IOException;
import org.lvsdirector.config.ServiceKey.ByAddress;

/** A virtual service with its listening socket. Called by one thread at a time. */
sealed interface ProxyService permits TcpService, UdpService {

  ByAddress key();

  ServerPool pool();

  /** The traffic of all servers, also of those that left. */
  Tally tally();

  /** Opens the listening socket if it is not open. */
  void listen() throws IOException;

  /** Closes the listening socket if it is open; returns when it is closed. */
  void unlisten();

  /** Other timeouts of flows, soon; those of connections are the loops' matter. */
  default void limit(ProxySettings fresh) {}

  /** Soon cuts what goes to servers that left the table, where the loops cannot see that. */
  void cutRemoved();
}
