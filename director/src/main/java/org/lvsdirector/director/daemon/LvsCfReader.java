// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.nio.file.Path;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.director.machine.HostNames;

/**
 * Reads the lvs.cf of this director, at the start, at a reload and when a name has changed: all
 * alike, or one of them would take what another refuses.
 *
 * @param file where it is
 */
record LvsCfReader(Path file) {

  /**
   * What was read.
   *
   * @param parsed what it says
   * @param names the hosts as they were looked up for it
   */
  record Reading(LvsCf.Parsed parsed, HostNames names) {}

  /** Reads it, and looks every host up again. */
  Reading read(HostNames before) {
    var names = before.again();
    return new Reading(parsed(names), names);
  }

  /** Reads it with names that are known. */
  LvsCf.Parsed parsed(NameResolver known) {
    return ConfigFiles.lvsCf(file, known);
  }
}
