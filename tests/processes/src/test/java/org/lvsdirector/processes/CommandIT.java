package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says and how it exits. */
final class CommandIT {
  @TempDir Path folder = Path.of("");

  @Test
  void checkPointsAtTheMistakeAndRunRefusesWithTheSameText() throws IOException {
    try (var lab = new Lab(folder, 72)) {
      var text = lab.goodLvsCf().replace("scheduler", "sheduler");
      Files.writeString(lab.lvsCf(), text);
      var line = text.lines().toList().indexOf(lineWith(text, "sheduler")) + 1;

      var check = lab.director(List.of("check", lab.lvsCf().toString()));
      var run =
          lab.director(
              List.of(
                  "run",
                  "--lvs-cf",
                  lab.lvsCf().toString(),
                  "--set",
                  "node=primary",
                  "--set",
                  "admin.socket=" + lab.socket("primary")));

      assertThat(check.status()).isEqualTo(1);
      assertThat(check.out())
          .contains(lab.lvsCf() + ":" + line + ":", "sheduler", "^", "scheduler");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains(check.out().lines().toList());
    }
  }

  @Test
  void checkAcceptsTheExamples() throws IOException {
    try (var lab = new Lab(folder, 72)) {
      var check = lab.director(List.of("check", "--strict", lab.lvsCf().toString()));

      assertThat(check.out()).contains("no problem");
      assertThat(check.status()).isZero();
    }
  }

  @Test
  void wrongUsageExitsWithTwo() throws IOException {
    try (var lab = new Lab(folder, 72)) {
      assertThat(lab.director(List.of("chekc")).status()).isEqualTo(2);
      assertThat(lab.director(List.of("chekc")).err()).contains("check");
      assertThat(lab.director(List.of()).status()).isEqualTo(2);
    }
  }

  @Test
  void statusWithoutADaemonSaysSoAndExitsWithThree() throws IOException {
    try (var lab = new Lab(folder, 72)) {
      var said = lab.director(List.of("status", "--socket", lab.socket("primary").toString()));

      assertThat(said.status()).isEqualTo(3);
      assertThat(said.err()).contains(lab.socket("primary").toString(), "--socket");
    }
  }

  @Test
  void enginesSaysWhichAreUsableAndWhyNot() throws IOException {
    try (var lab = new Lab(folder, 72)) {
      var said = lab.director(List.of("engines"));

      assertThat(said.status()).isZero();
      assertThat(said.out()).contains("proxy", "usable", "ipvs");
    }
  }

  private static String lineWith(String text, String word) {
    return text.lines().filter(line -> line.contains(word)).findFirst().orElseThrow();
  }
}
