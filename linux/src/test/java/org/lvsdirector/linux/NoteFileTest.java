// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
}
