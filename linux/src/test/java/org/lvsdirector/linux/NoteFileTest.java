// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingElseStays() throws IOException {
    var file = folder.resolve("state/notes");
    NoteFile.replace(file, "one\n");
    NoteFile.replace(file, "two\n");
    assertThat(file).hasContent("two\n");
    try (var files = Files.list(folder.resolve("state"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileThatCannotBeReplacedStaysAsItWas() throws IOException {
    var file = Files.writeString(folder.resolve("notes"), "one");
    Files.createDirectory(folder.resolve("notes.new"));
    assertThatIOException().isThrownBy(() -> NoteFile.replace(file, "two"));
    assertThat(file).hasContent("one");
  }

  @Test
  void aDurableFileHasItsRightsAndLeavesNothingBehind() throws IOException {
    var file = folder.resolve("state").resolve("keys");
    var rights = PosixFilePermissions.fromString("rw-------");
    NoteFile.replaceDurably(file, "one\n");
    Files.writeString(file.resolveSibling("keys.new"), "of a process that died");
    NoteFile.replaceDurably(file, "two\n", PosixFilePermissions.asFileAttribute(rights));
    assertThat(file).hasContent("two\n");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(rights);
    assertThat(file.resolveSibling("keys.new")).doesNotExist();
  }

  @Test
  void whatWasNotedIsRead() throws IOException {
    var file = folder.resolve("notes");
    NoteFile.replace(file, "one\n");
    assertThat(NoteFile.read(file)).isEqualTo("one\n");
    Files.delete(file);
    assertThatIOException()
        .isThrownBy(() -> NoteFile.read(file))
        .isExactlyInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLinkIsNeitherReadNorWrittenThrough() throws IOException {
    var other = Files.writeString(folder.resolve("other"), "of root");
    var file = Files.createSymbolicLink(folder.resolve("notes"), other);
    Files.createSymbolicLink(folder.resolve("notes.new"), other);
    assertThatIOException()
        .isThrownBy(() -> NoteFile.read(file))
        .withMessageContaining("no regular file");
    NoteFile.replace(file, "mine");
    Files.delete(file);
    Files.createSymbolicLink(file, other);
    Files.createSymbolicLink(folder.resolve("notes.new"), other);
    NoteFile.replaceDurably(file, "mine");
    assertThat(other).hasContent("of root");
    assertThat(file).isRegularFile().hasContent("mine");
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void aPipeInItsPlaceHoldsNobodyUp() throws IOException, InterruptedException {
    var file = folder.resolve("notes");
    pipe(file);
    pipe(folder.resolve("notes.new"));
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertThatIOException()
              .isThrownBy(() -> NoteFile.read(file))
              .withMessageContaining("no regular file");
          NoteFile.replace(file, "mine");
        });
    assertThat(NoteFile.read(file)).isEqualTo("mine");
  }

  private static void pipe(Path file) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }
}
