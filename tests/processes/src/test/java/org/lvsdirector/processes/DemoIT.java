// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The demo holds every step, ends by itself and leaves nothing behind. */
@Isolated("it measures how soon")
final class DemoIT {
  @TempDir Path folder = Path.of("");

  @Test
  void everyStepHoldsAndNothingIsLeftBehind() throws IOException {
    try (var lab = new Lab(folder, 78)) {
      var temporary = Files.createDirectory(folder.resolve("temporary")).toString();
      lab.javaOptions("-Djava.io.tmpdir=" + temporary);
      var said = lab.director(List.of("demo", "--lvs-cf", lab.lvsCf().toString()), 90);

      assertThat(said.status()).as(said.out() + said.err()).isZero();
      System.out.println(said.out());
      assertThat(said.out().substring(said.out().indexOf("summary")))
          .contains(
              "all servers used",
              "dead server removed",
              "server returned",
              "takeover by the standby",
              "outage",
              " ms",
              "returned as standby")
          .doesNotContain("FAIL");
      assertThat(ProcessHandle.allProcesses())
          .as("processes left behind")
          .noneMatch(process -> process.info().commandLine().orElse("").contains(temporary));
      assertThat(Path.of(temporary)).isEmptyDirectory();
    }
  }
}
