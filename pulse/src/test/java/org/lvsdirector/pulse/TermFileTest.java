// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermFileTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("state").resolve("term");
  }

  @Test
  void theTermSurvivesARestart() throws IOException {
    assertThat(new TermFile(file()).read()).isEqualTo(TermFile.Stored.NONE);
    new TermFile(file()).write(17, false);
    assertThat(new TermFile(file()).read().term()).isEqualTo(17);
    assertThat(Files.readString(file())).isEqualTo("lvs-director term 17\n");
    try (var files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void aLowerTermIsNotWritten() throws IOException {
    var term = new TermFile(file());
    term.write(17, false);
    term.write(16, false);
    assertThat(new TermFile(file()).read().term()).isEqualTo(17);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "lvs-director term",
        "lvs-director term -1",
        "lvs-director term 99999999999999999999",
        "lvs-director term 4611686018427387904",
        "lvs-director term 12x",
        "lvs-director term  maintenance",
        "lvs-director maintenance",
        "\0\0\0\0"
      })
  void whatCannotBeReadCountsAsZero(String content) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), content);
    var term = new TermFile(file());
    assertThat(term.read()).isEqualTo(TermFile.Stored.NONE);
    term.write(3, false);
    assertThat(new TermFile(file()).read().term()).isEqualTo(3);
  }

  @Test
  void theOrderToKeepOutSurvivesARestart() throws IOException {
    new TermFile(file()).write(17, true);
    assertThat(Files.readString(file())).isEqualTo("lvs-director term 17 maintenance\n");
    var restarted = new TermFile(file());
    assertThat(restarted.read()).isEqualTo(new TermFile.Stored(17, true));
    restarted.write(18, true);
    assertThat(new TermFile(file()).read()).isEqualTo(new TermFile.Stored(18, true));
    restarted.write(0, false);
    assertThat(new TermFile(file()).read()).isEqualTo(new TermFile.Stored(18, false));
  }

  @Test
  void aTermThatCannotBeWrittenIsAFailure() throws IOException {
    Files.writeString(folder.resolve("state"), "a file where the folder should be");
    assertThatThrownBy(() -> new TermFile(file()).write(1, false)).isInstanceOf(IOException.class);
    assertThat(new TermFile(file()).read()).isEqualTo(TermFile.Stored.NONE);
  }

  @Test
  void aTermThatCouldNotBeWrittenIsKnownAndWrittenOnceTheDiskCanBe() throws IOException {
    var blocker = folder.resolve("state");
    Files.writeString(blocker, "a file where the folder should be");
    var term = new TermFile(file());
    assertThatThrownBy(() -> term.write(17, true)).isInstanceOf(IOException.class);
    Files.delete(blocker);
    term.write(16, true);
    assertThat(new TermFile(file()).read()).isEqualTo(new TermFile.Stored(17, true));
  }
}
