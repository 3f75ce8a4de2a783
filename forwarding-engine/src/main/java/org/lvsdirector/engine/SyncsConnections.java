// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.nio.file.Path;
import org.lvsdirector.config.ConnectionSync;

/** Engines whose connections the partner can have, so that they survive a failover. */
public interface SyncsConnections {

  /**
   * Starts. Nothing is sent or taken before the first role.
   *
   * @param stateDir where it notes what it changed on this machine, over a restart
   */
  RunningSync startSync(ConnectionSync sync, Path stateDir, SyncPartner partner);
}
