// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.nio.file.Path;
import org.lvsdirector.config.ConnectionSync;

/**
 * How connection sync works on this machine.
 *
 * @param sync interface and id
 * @param stateFile where it notes what it changed in the kernel, over a restart
 * @param connections the kernel's list of connections
 * @param sysctls the folder of the kernel's settings
 */
public record SyncSettings(ConnectionSync sync, Path stateFile, Path connections, Path sysctls) {

  /** The kernel's files where they are. */
  public SyncSettings(ConnectionSync sync, Path stateFile) {
    this(sync, stateFile, Path.of("/proc/net/ip_vs_conn"), Path.of("/proc/sys/net/ipv4/vs"));
  }
}
