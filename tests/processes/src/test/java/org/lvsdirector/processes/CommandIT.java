// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    try (var lab = new Lab(folder, 79)) {
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
    try (var lab = new Lab(folder, 79)) {
      var check = lab.director(List.of("check", "--strict", lab.lvsCf().toString()));

      assertThat(check.out()).contains("no problem");
      assertThat(check.status()).isZero();
    }
  }

  @Test
  void canonicalFormIsAFileThatSaysTheSameAndIsItsOwnCanonicalForm() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      Files.writeString(
          lab.lvsCf(),
          lab.goodLvsCf() + "link third {\nprimary = 10.3.0.1\nbackup = 10.3.0.2\n}\n");
      var once = lab.director(List.of("check", "--canonical", lab.lvsCf().toString()));
      var copy = folder.resolve("canonical.cf");
      Files.writeString(copy, once.out());
      var twice = lab.director(List.of("check", "--canonical", copy.toString()));

      assertThat(once.status()).isZero();
      assertThat(once.err()).isEmpty();
      assertThat(once.out()).contains("link third {", "virtual web {");
      assertThat(twice.out()).isEqualTo(once.out());
    }
  }

  @Test
  void effectiveSettingsNameTheFileAndLineThatTheyComeFrom() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      var more = folder.resolve("more.cf");
      Files.writeString(more, "\nfailback = synced\n");
      Files.writeString(lab.lvsCf(), "include more.cf\n" + lab.goodLvsCf());
      var text = lab.director(List.of("check", "--effective", lab.lvsCf().toString()));
      var json = lab.director(List.of("check", "--effective", "--json", lab.lvsCf().toString()));

      assertThat(text.status()).isZero();
      assertThat(text.out().lines())
          .anyMatch(line -> line.matches("failback = synced +# .*more\\.cf:2"))
          .anyMatch(line -> line.matches("\tquorum = 1 +# default"));
      var settings = new ObjectMapper().readTree(json.out()).path("settings");
      assertThat(settings)
          .anyMatch(
              setting ->
                  setting.path("name").asText().equals("failback")
                      && setting.path("value").asText().equals("synced")
                      && setting.path("origin").asText().equals(more + ":2"));
    }
  }

  @Test
  void aFileWithErrorsHasNoFormToPrint() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      Files.writeString(lab.lvsCf(), lab.goodLvsCf().replace("scheduler", "sheduler"));
      for (var form : List.of("--effective", "--canonical")) {
        var said = lab.director(List.of("check", form, lab.lvsCf().toString()));
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("LVS0012");
      }
      var both = List.of("check", "--effective", "--canonical", lab.lvsCf().toString());
      assertThat(lab.director(both).status()).isEqualTo(2);
      var two = List.of("check", "--canonical", lab.lvsCf().toString(), lab.lvsCf().toString());
      assertThat(lab.director(two).status()).isEqualTo(2);
    }
  }

  @Test
  void namesOfHostsAreLookedUpOrToldOf() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      var server = "address = " + lab.address("0.11");
      assertThat(lab.goodLvsCf()).contains(server);
      Files.writeString(lab.lvsCf(), lab.goodLvsCf().replace(server, "address = localhost"));
      var known = lab.director(List.of("check", lab.lvsCf().toString()));
      Files.writeString(
          lab.lvsCf(), lab.goodLvsCf().replace(server, "address = no-such-host.invalid"));
      var unknown = lab.director(List.of("check", lab.lvsCf().toString()));

      assertThat(known.status()).isZero();
      assertThat(unknown.status()).isEqualTo(1);
      assertThat(unknown.out()).contains("LVS0060", "'no-such-host.invalid'");
    }
  }

  @Test
  void explainAndCompletionKnowEveryDirective() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      var told = lab.director(List.of("explain", "keepalive", "LVS0120"));
      var unknown = lab.director(List.of("explain", "keepalife"));
      var completion = lab.director(List.of("completion"));

      assertThat(told.status()).isZero();
      assertThat(told.out()).contains("keepalive, at top level", "LVS0120 (warning)");
      assertThat(unknown.status()).isEqualTo(1);
      assertThat(unknown.err()).contains("'keepalive'");
      assertThat(completion.out()).contains("--effective", "scheduler_flags", "LVS0120");
    }
  }

  @Test
  void wrongUsageExitsWithTwo() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      assertThat(lab.director(List.of("chekc")).status()).isEqualTo(2);
      assertThat(lab.director(List.of("chekc")).err()).contains("check");
      assertThat(lab.director(List.of()).status()).isEqualTo(2);
    }
  }

  @Test
  void statusWithoutADaemonSaysSoAndExitsWithThree() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      var said = lab.director(List.of("status", "--socket", lab.socket("primary").toString()));

      assertThat(said.status()).isEqualTo(3);
      assertThat(said.err()).contains(lab.socket("primary").toString(), "--socket");
    }
  }

  @Test
  void enginesSaysWhichAreUsableAndWhyNot() throws IOException {
    try (var lab = new Lab(folder, 79)) {
      var said = lab.director(List.of("engines"));

      assertThat(said.status()).isZero();
      assertThat(said.out()).contains("proxy", "usable", "ipvs");
    }
  }

  private static String lineWith(String text, String word) {
    return text.lines().filter(line -> line.contains(word)).findFirst().orElseThrow();
  }
}
