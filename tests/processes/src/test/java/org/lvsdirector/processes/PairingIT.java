// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key goes from one director to the other by a code. */
final class PairingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}");
  private static final String PORT = "18539";

  @TempDir Path folder = Path.of("");

  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  PairingIT() {}

  @BeforeEach
  void makeMachines() throws IOException {
    lab = new Lab(folder, 76);
    for (var machine : List.of("one", "other")) {
      Files.createDirectory(folder.resolve(machine + ".d"));
      var lvsCf = machine.equals("one") ? lab.lvsCf() : file(machine, "lvs.cf");
      Files.writeString(
          file(machine, "director.conf"),
          "heartbeat.key-file = \"%s\"\nlvs-cf = \"%s\"\n".formatted(key(machine), lvsCf));
    }
    lab.startPairing("one", words("one", "--listen", lab.address("0.2")));
    await().atMost(PATIENCE).until(() -> CODE.matcher(lab.log("one")).find());
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void theOtherDirectorHasTheSameKeyAndLvsCfAndTheCodeIsUsedUp() throws IOException {
    var taken = lab.director(fetch("--lvs-cf"));

    assertThat(taken.err()).isEmpty();
    assertThat(taken.status()).isZero();
    assertThat(lab.process("one").onExit().join().exitValue()).isZero();
    assertThat(key("other")).hasSameTextualContentAs(key("one"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key("other"))))
        .isEqualTo("rw-------");
    assertThat(file("other", "lvs.cf")).hasSameTextualContentAs(lab.lvsCf());

    var again = lab.director(fetch("--force"));
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("must be waiting there");
  }

  @Test
  void whoDoesNotHaveTheCodeGetsNoKey() throws IOException {
    var words = new ArrayList<>(fetch());
    words.set(words.size() - 1, lab.log("one").contains("0000-0000") ? "1111-1111" : "0000-0000");
    for (var i = 0; i < 3; i++) {
      assertThat(lab.director(words).status()).isEqualTo(1);
    }

    assertThat(lab.process("one").onExit().join().exitValue()).isEqualTo(1);
    assertThat(lab.log("one")).contains("has tried another code", "tried too often");
    assertThat(key("other")).doesNotExist();
  }

  private List<String> fetch(String... more) throws IOException {
    var shown = CODE.matcher(lab.log("one"));
    assertThat(shown.find()).isTrue();
    var words = new ArrayList<>(List.of("pair"));
    words.addAll(words("other", more));
    words.addAll(List.of(lab.address("0.2"), shown.group()));
    return words;
  }

  private List<String> words(String machine, String... more) {
    var conf = file(machine, "director.conf").toString();
    var words = new ArrayList<>(List.of("--conf", conf, "--port", PORT));
    words.addAll(List.of(more));
    return words;
  }

  private Path key(String machine) {
    return file(machine, "key");
  }

  private Path file(String machine, String name) {
    return folder.resolve(machine + ".d").resolve(name);
  }
}
