// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;
import org.lvsdirector.linux.NoteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this director has changed in the kernel for connection sync, kept in a file over restarts:
 * which daemons it started. Noted before it is done. For one thread.
 */
public final class SyncNotes {
  private static final Logger LOG = LoggerFactory.getLogger(SyncNotes.class);
  private static final String TABLE = "table ";
  private static final String DAEMON = "daemon ";
  private static final String SETTING = "setting ";

  private final Path file;
  private final String table;
  private final Set<State> daemons = EnumSet.noneOf(State.class);
  private final Map<String, String> settings = new TreeMap<>();
  private boolean isSaved = true;

  /**
   * Reads the file.
   *
   * @param table what tells the kernel's present table from that of an earlier boot or another
   *     network namespace
   */
  public SyncNotes(Path file, String table) {
    this.file = file;
    this.table = table;
    try {
      var lines = NoteFile.read(file).lines().toList();
      if (lines.contains(TABLE + table)) {
        lines.forEach(this::parse);
      }
    } catch (NoSuchFileException _) {
      // Nothing was changed yet.
    } catch (IOException e) {
      LOG.warn("cannot read {}; what was changed for connection sync stays", file, e);
    }
  }

  private void parse(String line) {
    for (var state : State.values()) {
      if (line.equals(DAEMON + state)) {
        daemons.add(state);
      }
    }
    var words = line.split(" ", 3);
    if (line.startsWith(SETTING) && words.length == 3) {
      settings.put(words[1], words[2]);
    }
  }

  /** The states whose daemons are this director's. */
  public Set<State> daemons() {
    return Set.copyOf(daemons);
  }

  public void started(State state) {
    if (daemons.add(state)) {
      save();
    }
  }

  public void stopped(State state) {
    if (daemons.remove(state)) {
      save();
    }
  }

  /** What settings below net.ipv4.vs were before a director changed them that noted it here. */
  Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  private void save() {
    var text =
        new StringBuilder("# What lvs-director changed in the kernel for connection sync.\n");
    text.append(TABLE).append(table).append('\n');
    daemons.forEach(state -> text.append(DAEMON).append(state).append('\n'));
    try {
      NoteFile.replace(file, text.toString());
      isSaved = true;
    } catch (IOException e) {
      if (isSaved) {
        LOG.warn("cannot write {}; after a crash, sync daemons stay as they are", file, e);
      }
      isSaved = false;
    }
  }
}
