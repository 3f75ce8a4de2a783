// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.linux.KeptSettings.Change;

class KeptSettingsTest {
  private static final String FORWARD = "net/ipv4/ip_forward";
  private static final String DOTTED = "net/ipv4/conf/eth0.7/promote_secondaries";

  @TempDir private Path folder;
  private Path notes;

  @BeforeEach
  void aMachine() throws IOException {
    notes = folder.resolve("state/notes");
    write(FORWARD, "0\n");
    write(DOTTED, "0\n");
    write("net/ipv4/vs/sync_threshold", "3\t50\n");
  }

  @Test
  void aSettingIsSetAndPutBack() throws IOException {
    var kept = kept("boot");
    assertThat(kept.set(FORWARD, "1")).contains(new Change(FORWARD, "0", "1"));
    assertThat(kept.set(FORWARD, "1")).isEmpty();
    assertThat(kept.putBack().changes()).containsExactly(new Change(FORWARD, "1", "0"));
    assertThat(read(FORWARD)).isEqualTo("0");
    assertThat(notes).doesNotExist();
  }

  @Test
  void whatAProcessSetThatDiedIsPutBackByTheNext() throws IOException {
    var died = kept("boot");
    died.set(FORWARD, "1");
    died.set(DOTTED, "1");
    var next = kept("boot");
    next.set(FORWARD, "1");
    assertThat(next.putBackLeftovers().changes()).containsExactly(new Change(DOTTED, "1", "0"));
    assertThat(read(FORWARD)).isEqualTo("1");
    assertThat(kept("boot").putBack().changes()).containsExactly(new Change(FORWARD, "1", "0"));
  }

  @Test
  void whatItWasBeforeTheFirstChangeIsPutBack() throws IOException {
    kept("boot").set(FORWARD, "1");
    kept("boot").set(FORWARD, "2");
    kept("boot").putBack();
    assertThat(read(FORWARD)).isEqualTo("0");
  }

  @Test
  void whatSomebodyElseChangedSinceStays() throws IOException {
    var kept = kept("boot");
    kept.set(FORWARD, "1");
    write(FORWARD, "2\n");
    assertThat(kept.putBack().changes()).isEmpty();
    assertThat(read(FORWARD)).isEqualTo("2");
    assertThat(notes).doesNotExist();
  }

  @Test
  void blanksAndTabsAreEqual() throws IOException {
    var kept = kept("boot");
    assertThat(kept.set("net/ipv4/vs/sync_threshold", "3 50")).isEmpty();
    kept.set("net/ipv4/vs/sync_threshold", "0 0");
    kept.putBack();
    assertThat(read("net/ipv4/vs/sync_threshold")).isEqualTo("3 50");
  }

  @Test
  void notesOfAnotherBootMeanNothing() throws IOException {
    kept("boot").set(FORWARD, "1");
    assertThat(kept("another").putBack().changes()).isEmpty();
    assertThat(read(FORWARD)).isEqualTo("1");
  }

  @Test
  void notesWithoutWhatWasSetWaitForWhoKnowsIt() throws IOException {
    write(FORWARD, "1\n");
    Files.createDirectories(notes.getParent());
    Files.writeString(notes, "boot\nnet.ipv4.ip_forward=0\n");
    assertThat(kept("boot").putBack().changes()).isEmpty();
    assertThat(kept("boot").putBackLeftovers().changes()).isEmpty();
    var kept = kept("boot");
    kept.set(FORWARD, "1");
    kept.putBack();
    assertThat(read(FORWARD)).isEqualTo("0");
  }

  @Test
  void theVersionBeforeReadsTheNotes() throws IOException {
    kept("boot").set(FORWARD, "1");
    assertThat(Files.readAllLines(notes)).contains("boot", "net.ipv4.ip_forward=0");
  }

  @Test
  void whatAnotherFileNotedIsPutBackToo() throws IOException {
    write(FORWARD, "1\n");
    kept("boot").wereBefore(Map.of(FORWARD, "0"));
    var next = kept("boot");
    next.set(FORWARD, "1");
    next.putBack();
    assertThat(read(FORWARD)).isEqualTo("0");
  }

  @Test
  void whatCannotBeNotedIsSetAllTheSameAndToldAndPutBack() throws IOException {
    Files.writeString(folder.resolve("state"), "a file where the folder should be");
    var kept = kept("boot");
    var change = kept.set(FORWARD, "1").orElseThrow();
    assertThat(change.toString())
        .startsWith("net.ipv4.ip_forward 0 -> 1 (stays so after a crash: cannot write ");
    assertThat(read(FORWARD)).isEqualTo("1");
    assertThat(kept.putBack().changes()).hasSize(1);
    assertThat(read(FORWARD)).isEqualTo("0");
  }

  @Test
  void whatThisKernelDoesNotHaveIsLeftOut() throws IOException {
    assertThat(kept("boot").set("net/ipv4/vs/not_there", "1")).isEmpty();
    assertThat(folder.resolve("sys/net/ipv4/vs/not_there")).doesNotExist();
  }

  @Test
  void withoutNotesNoDiskIsTouched() throws IOException {
    var kept = KeptSettings.unnoted(folder.resolve("sys"));
    kept.set(FORWARD, "1");
    assertThat(read(FORWARD)).isEqualTo("1");
    kept.putBack();
    assertThat(read(FORWARD)).isEqualTo("0");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  private KeptSettings kept(String place) {
    return new KeptSettings(folder.resolve("sys"), notes, place);
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve("sys").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String path) throws IOException {
    return Files.readString(folder.resolve("sys").resolve(path)).strip();
  }
}
