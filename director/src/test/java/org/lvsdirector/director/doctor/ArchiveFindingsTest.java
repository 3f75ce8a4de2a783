// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.director.doctor.Finding.State;

class ArchiveFindingsTest {
  private static final Path ARCHIVE = Path.of("/lib/command.jsa");
  private static final String MAIN = "org.lvsdirector.director.Main source: ";

  private static Finding judge(String... said) {
    return ArchiveFindings.judge("class archive", ARCHIVE, List.of(said));
  }

  @Test
  void anArchiveThatTheFirstClassComesFromIsUsed() {
    assertThat(judge("java.lang.Object source: shared objects file", MAIN + "shared objects file"))
        .isEqualTo(Finding.ok("class archive", "/lib/command.jsa"));
  }

  @Test
  void aFileWithAnotherTimeIsNamed() {
    var finding =
        judge(
            "This file is not the one used while building the shared archive file: '/lib/a.jar',"
                + " timestamp has changed",
            "An error has occurred while processing the shared archive file.",
            "java.lang.Object source: jrt:/java.base",
            MAIN + "file:/lib/director.jar");
    assertThat(finding.state()).isEqualTo(State.WARNING);
    assertThat(finding.detail()).endsWith(": '/lib/a.jar', timestamp has changed");
    assertThat(finding.mend()).contains("cp -a");
  }

  @Test
  void theDefaultArchiveOfAnotherJavaIsNotOurs() {
    var finding =
        judge("java.lang.Object source: shared objects file", MAIN + "file:/lib/director.jar");
    assertThat(finding.state()).isEqualTo(State.WARNING);
    assertThat(finding.detail()).endsWith(": the Java virtual machine does not say why");
  }

  @Test
  void anotherReasonIsToldInTheWordsOfTheVirtualMachine() {
    assertThat(judge("The archive was made by another version", MAIN + "file:/a.jar").detail())
        .endsWith(": The archive was made by another version");
  }
}
