// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.linux.KeptSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How connection sync works on this machine.
 *
 * @param sync interface and id
 * @param stateFile where it notes what it changed in the kernel, over a restart
 * @param connections the kernel's list of connections
 * @param sysctls the folder of all the kernel's settings
 */
public record SyncSettings(ConnectionSync sync, Path stateFile, Path connections, Path sysctls) {
  private static final Logger LOG = LoggerFactory.getLogger(SyncSettings.class);

  /** The kernel's files where they are. */
  public SyncSettings(ConnectionSync sync, Path stateFile) {
    this(sync, stateFile, Path.of("/proc/net/ip_vs_conn"), Path.of("/proc/sys"));
  }

  /**
   * The kernel's settings, and what they were before.
   *
   * @param notes an earlier version noted them there
   * @param table what tells the kernel's present table from others
   */
  KeptSettings kept(SyncNotes notes, String table) {
    var file = stateFile.resolveSibling(stateFile.getFileName() + "-settings");
    var kept = new KeptSettings(sysctls, file, table);
    var before = new TreeMap<String, String>();
    notes.settings().forEach((name, value) -> before.put("net/ipv4/vs/" + name, value));
    try {
      kept.wereBefore(before);
    } catch (IOException e) {
      LOG.warn("cannot write {}; after a crash, settings of sync stay as they are", file, e);
    }
    return kept;
  }
}
