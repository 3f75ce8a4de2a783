// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.directorconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.directorconf.DirectorConf.AddressHolder;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.config.directorconf.DirectorConf.LogLevel;
import org.lvsdirector.config.directorconf.DirectorConf.NodeChoice;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.config.lvscf.ExampleFiles;
import org.lvsdirector.config.problem.Problem;

class DirectorConfTest {
  private static final DirectorConf DEFAULTS =
      new DirectorConf(
          NodeChoice.AUTO,
          EngineChoice.AUTO,
          AddressHolder.AUTO,
          Path.of("/etc/lvs-director/lvs.cf"),
          Path.of("/run/lvs-director/admin.sock"),
          Path.of("/var/lib/lvs-director"),
          Duration.ofSeconds(5),
          new DirectorConf.Proxy(0, Duration.ofSeconds(3), Duration.ofMinutes(5)),
          DirectorConf.Ipvs.DEFAULT,
          DirectorConf.USUAL_KEY_FILE,
          false,
          2,
          LogLevel.INFO);

  @TempDir Path folder = Path.of("unset");

  private DirectorConf.Parsed read(String text, Map<String, String> overrides) {
    try {
      var file = Files.writeString(folder.resolve("director.conf"), text);
      return DirectorConf.read(file, overrides);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> codes(DirectorConf.Parsed parsed) {
    return parsed.problems().stream()
        .map(p -> p.code() + " " + p.at().line() + ":" + p.at().column())
        .toList();
  }

  @Test
  void withoutAFileTheReferenceHolds() {
    assertThat(DirectorConf.read(null, Map.of()).conf()).isEqualTo(DEFAULTS);
  }

  @Test
  void installedFileChangesNothing() {
    var parsed = DirectorConf.read(ExampleFiles.ROOT.resolve("etc/director.conf"), Map.of());
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.conf()).isEqualTo(DEFAULTS);
  }

  @Test
  void installedFileShowsEverySettingWithItsDefault() {
    var shown =
        ExampleFiles.installed("director.conf")
            .lines()
            .map(line -> line.replaceFirst("^# (?=[a-z.-]+ = )", ""))
            .reduce("", (before, line) -> before + line + "\n");
    assertThat(read(shown, Map.of()).conf()).isEqualTo(DEFAULTS);
    assertThat(shown.lines().filter(line -> line.matches("[a-z.-]+ = .*"))).hasSize(16);
  }

  /** There is no key because somebody has said so, never because nobody has said anything. */
  @Test
  void onlyTheWordNoneDoesWithoutAKey() {
    var none = read("heartbeat.key-file = none\n", Map.of()).conf();
    assertThat(none).isNotNull();
    assertThat(none.heartbeatKeyFile()).isNull();
    for (var nothing : List.of("\"\"", "\" \"", "null", "[]")) {
      var parsed = read("heartbeat.key-file = " + nothing + "\n", Map.of());
      assertThat(parsed.conf()).as(nothing).isNull();
      assertThat(parsed.problems().toString()).as(nothing).contains("a path, or none");
    }
  }

  @Test
  void fileWinsOverReferenceAndOverrideOverFile() {
    var text = "node = primary\nproxy { threads = 2, connect-timeout = 1500 ms }\n";
    var conf = read(text, Map.of("proxy.threads", "4", "engine", "proxy")).conf();
    assertThat(conf).isNotNull();
    assertThat(conf.node()).isEqualTo(NodeChoice.PRIMARY);
    assertThat(conf.engine()).isEqualTo(EngineChoice.PROXY);
    assertThat(conf.proxy())
        .isEqualTo(new DirectorConf.Proxy(4, Duration.ofMillis(1500), Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "engin = proxy | LVS0202 1:1",
        "proxy.thread = 3 | LVS0202 1:7",
        "\\nnode = master | LVS0203 2:8",
        "proxy.threads = many | LVS0203 1:17",
        "proxy.threads = 4096 | LVS0204 1:17",
        "proxy.threads = -1 | LVS0204 1:17",
        "proxy.threads = [1] | LVS0203 1:17",
        "proxy = 3 | LVS0202 1:1",
        "proxy.connect-timeout = 0s | LVS0204 1:25",
        "proxy.connect-timeout = 3 | LVS0203 1:25",
        "proxy.connect-timeout = soon | LVS0203 1:25",
        "state-dir = null | LVS0203 1:13",
        "admin.socket = \"\" | LVS0203 1:16",
        "node = primary\\nproxy { | LVS0201 2:1",
        "proxy {\\n  threads = 9999 # no\\n} | LVS0204 2:13",
        "proxy.threads = ] | LVS0201 1:17",
        "include \"other.conf\" | LVS0205 1:1",
        "include url(\"http://192.0.2.1/\") | LVS0205 1:1",
        "node = ${HOME} | LVS0205 1:8",
        "lvs-cf = a${?b} | LVS0205 1:11"
      })
  void mistakeIsToldWithItsPlace(String text, String expected) {
    var parsed = read(text.strip().replace("\\n", "\n"), Map.of());
    assertThat(parsed.conf()).isNull();
    assertThat(codes(parsed)).containsExactly(expected.strip());
  }

  @Test
  void allMistakesAreToldAtOnceAndTheNearestWordIsNamed() {
    var parsed = read("engine = ipsv\nproxy.threads = x\nlog.levle = info\n", Map.of());
    assertThat(codes(parsed)).containsExactly("LVS0203 1:10", "LVS0203 2:17", "LVS0202 3:5");
    assertThat(parsed.problems())
        .extracting(Problem::advice)
        .contains("did you mean 'ipvs'?", "did you mean 'log.level'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node = primary\\nnode = backup | LVS0042 2:1",
        "proxy.threads = 1\\nproxy { threads : 2 } | LVS0042 2:9",
        "\"node\" = \"primary\" // x = y\\nlog.level = info, node = auto | LVS0042 2:19",
        "\ufeffnode = auto | LVS0040 1:1"
      })
  void whatIsOddIsToldAndTheFileIsUsed(String text, String expected) {
    var parsed = read(text.strip().replace("\\n", "\n"), Map.of());
    assertThat(parsed.conf()).isNotNull();
    assertThat(codes(parsed)).containsExactly(expected.strip());
  }

  @Test
  void byteThatIsNotUtf8IsToldWithoutWordsOfLvsCf() throws IOException {
    var file = folder.resolve("director.conf");
    Files.write(file, new byte[] {'#', (byte) 0xff});
    var problem = DirectorConf.read(file, Map.of()).problems().getFirst();
    assertThat(problem.code()).isEqualTo("LVS0021");
    assertThat(problem.advice()).startsWith("save the file as UTF-8");
  }

  @Test
  void wrongOverrideIsToldAsSuch() {
    var parsed = DirectorConf.read(null, Map.of("node", "both"));
    assertThat(parsed.problems().getFirst().at().file()).isEqualTo("command line");
  }

  @Test
  void namedFileMustExist() {
    var parsed = DirectorConf.read(folder.resolve("missing.conf"), Map.of());
    assertThat(parsed.conf()).isNull();
    assertThat(codes(parsed)).containsExactly("LVS0002 0:0");
  }

  @Test
  void deepNestingIsAProblemAndNoCrash() {
    for (var opening : List.of("a{", "a=[", "a.")) {
      var parsed = read(opening.repeat(100_000), Map.of());
      assertThat(parsed.conf()).isNull();
      assertThat(parsed.problems()).hasSize(1);
    }
  }

  @Test
  void fileThatIsNoTextIsTold() throws IOException {
    var file = folder.resolve("bytes.cf");
    Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xff});
    var parsed = ConfigFiles.lvsCf(file);
    assertThat(parsed.config()).isNull();
    assertThat(parsed.problems().getFirst().at())
        .isEqualTo(new Problem.Place(file.toString(), 2, 2, 1, "b?"));
  }

  @Test
  void folderIsNoFile() {
    assertThat(ConfigFiles.lvsCf(folder).problems().getFirst().code()).isEqualTo("LVS0002");
  }
}
