// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.linux.NoteFile;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which services of the kernel's table are this director's, kept in a file over restarts. A service
 * is noted before it is made and forgotten after it is deleted, so a death in between leaves a note
 * too many, never one too few. When the file cannot be written the engine goes on: then only a
 * service that leaves lvs.cf while the director is down stays behind. Changed by one thread, asked
 * by any.
 */
public final class OwnServices {
  private static final Logger LOG = LoggerFactory.getLogger(OwnServices.class);

  private final Path file;
  private final String table;
  private final Set<ServiceKey> keys;
  private boolean isSaved = true;

  private OwnServices(Path file, String table, Set<ServiceKey> keys) {
    this.file = file;
    this.table = table;
    this.keys = keys;
  }

  /**
   * Reads the file.
   *
   * @param table what tells the kernel's present table from that of an earlier boot or another
   *     network namespace
   */
  static OwnServices read(Path file, String table) {
    try {
      var keys = OwnServicesText.parse(table, Files.readString(file));
      return new OwnServices(file, table, new ConcurrentSkipListSet<>(keys));
    } catch (NoSuchFileException _) {
      return new OwnServices(file, table, new ConcurrentSkipListSet<>());
    } catch (IOException e) {
      LOG.warn("cannot read {}; services made before are left alone", file, e);
      return new OwnServices(file, table, new ConcurrentSkipListSet<>());
    }
  }

  /** What tells the table of this process's kernel and network namespace from others. */
  public static String presentTable() {
    try {
      var boot = Sysctl.read(Path.of("/proc/sys/kernel/random/boot_id"));
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
    } catch (IOException e) {
      LOG.warn("cannot tell this boot from another; services made before are left alone", e);
      return "unknown " + ProcessHandle.current().pid() + " " + System.nanoTime();
    }
  }

  /** Whether a service is this director's. */
  boolean has(ServiceKey key) {
    return keys.contains(key);
  }

  /** Notes services, before they are made. */
  void add(Collection<ServiceKey> more) {
    if (keys.addAll(more)) {
      save();
    }
  }

  /** Forgets services, after they are deleted. */
  void remove(Collection<ServiceKey> gone) {
    if (keys.removeAll(gone)) {
      save();
    }
  }

  private void save() {
    try {
      NoteFile.replace(file, OwnServicesText.format(table, keys));
      isSaved = true;
    } catch (IOException e) {
      if (isSaved) {
        LOG.warn("cannot write {}; a service that leaves lvs.cf while down stays behind", file, e);
      }
      isSaved = false;
    }
  }
}
