// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;
import org.lvsdirector.linux.KeptSettings;

class SyncKernelFilesTest {
  private static final String THRESHOLD = "net/ipv4/vs/sync_threshold";

  @TempDir private Path folder;
  private Path threshold;
  private Path file;

  @BeforeEach
  void kernel() throws IOException {
    threshold = folder.resolve(THRESHOLD);
    Files.createDirectories(threshold.getParent());
    file = folder.resolve("state").resolve("ipvs-sync");
    Files.writeString(threshold, "0\t0\n");
  }

  @Test
  void whatAnEarlierVersionNotedIsPutBack() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "# Notes.\ntable boot 1\ndaemon MASTER\nsetting sync_threshold 3 50\n");
    assertThat(new SyncNotes(file, "boot 1").daemons()).containsExactly(State.MASTER);
    kept("boot 1");
    new SyncNotes(file, "boot 1").stopped(State.MASTER);
    assertThat(Files.readString(file)).doesNotContain("setting");
    var kept = kept("boot 1");
    kept.set(THRESHOLD, "0 0");
    assertThat(kept.putBack().changes()).hasSize(1);
    assertThat(Files.readString(threshold)).isEqualTo("3 50");
  }

  @Test
  void notesOfAnotherBootMeanNothing() {
    new SyncNotes(file, "boot 1").started(State.BACKUP);
    assertThat(new SyncNotes(file, "boot 1").daemons()).containsExactly(State.BACKUP);
    assertThat(new SyncNotes(file, "boot 2").daemons()).isEmpty();
  }

  @Test
  void aStoppedDaemonIsForgotten() {
    var notes = new SyncNotes(file, "boot 1");
    notes.started(State.MASTER);
    notes.started(State.BACKUP);
    notes.stopped(State.MASTER);
    assertThat(new SyncNotes(file, "boot 1").daemons()).containsExactly(State.BACKUP);
  }

  private KeptSettings kept(String table) {
    var sync = new ConnectionSync("eth0", 1);
    return new SyncSettings(sync, file, file, folder).kept(new SyncNotes(file, table), table);
  }
}
