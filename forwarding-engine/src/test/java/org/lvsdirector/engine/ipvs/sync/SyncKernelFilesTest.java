// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;

class SyncKernelFilesTest {
  private static final List<VsSetting> WANTED =
      List.of(new VsSetting("sync_threshold", "0 0", ""), new VsSetting("not_there", "1", ""));

  @TempDir private Path folder;
  private Path threshold;
  private Path file;

  @BeforeEach
  void kernel() throws IOException {
    threshold = folder.resolve("sync_threshold");
    file = folder.resolve("state").resolve("ipvs-sync");
    Files.writeString(threshold, "3\t50\n");
  }

  @Test
  void settingsArePutBackAlsoByTheNextProcess() throws IOException {
    settings("boot 1").set(WANTED);
    settings("boot 1").set(WANTED);
    assertThat(Files.readString(threshold)).isEqualTo("0 0");
    settings("boot 1").restore(WANTED);
    assertThat(Files.readString(threshold)).isEqualTo("3 50");
    assertThat(new SyncNotes(file, "boot 1").before()).isEmpty();
  }

  @Test
  void whatSomebodyElseSetSinceStays() throws IOException {
    settings("boot 1").set(WANTED);
    Files.writeString(threshold, "7 70");
    settings("boot 1").restore(WANTED);
    assertThat(Files.readString(threshold)).isEqualTo("7 70");
  }

  @Test
  void whatWasRightIsNotNoted() throws IOException {
    Files.writeString(threshold, "0\t0\n");
    settings("boot 1").set(WANTED);
    settings("boot 1").restore(WANTED);
    assertThat(Files.readString(threshold)).isEqualTo("0\t0\n");
  }

  @Test
  void notesOfAnotherBootMeanNothing() throws IOException {
    settings("boot 1").set(WANTED);
    new SyncNotes(file, "boot 1").started(State.BACKUP);
    assertThat(new SyncNotes(file, "boot 1").daemons()).containsExactly(State.BACKUP);
    assertThat(new SyncNotes(file, "boot 1").before()).containsEntry("sync_threshold", "3 50");
    assertThat(new SyncNotes(file, "boot 2").daemons()).isEmpty();
    assertThat(new SyncNotes(file, "boot 2").before()).isEmpty();
  }

  @Test
  void aStoppedDaemonIsForgotten() {
    var notes = new SyncNotes(file, "boot 1");
    notes.started(State.MASTER);
    notes.started(State.BACKUP);
    notes.stopped(State.MASTER);
    assertThat(new SyncNotes(file, "boot 1").daemons()).containsExactly(State.BACKUP);
  }

  private VsSettings settings(String table) {
    return new VsSettings(folder, new SyncNotes(file, table));
  }
}
