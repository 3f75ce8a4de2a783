// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.pulse.seal.KeyFile;
import picocli.CommandLine;

/** Both sides of {@code director pair}, in one process. */
final class PairCommandTest {
  private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}");

  @TempDir Path folder = Path.of("");

  private final Ran first = new Ran();
  private int port;

  /** A command and what it says. */
  private static final class Ran {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int run(String... words) {
      return new CommandLine(new PairCommand())
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(err))
          .execute(words);
    }

    CompletableFuture<Integer> start(String... words) {
      return CompletableFuture.supplyAsync(
          () -> run(words), task -> Thread.ofPlatform().daemon().start(task));
    }

    private String code() {
      var found = CODE.matcher(out.toString());
      return found.find() ? found.group() : "";
    }
  }

  @BeforeEach
  void makeMachines() throws IOException {
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    for (var machine : new String[] {"a", "b"}) {
      Files.createDirectory(folder.resolve(machine));
      Files.writeString(
          conf(machine),
          "heartbeat.key-file = \"%s\"\nlvs-cf = \"%s\"\n".formatted(key(machine), lvsCf(machine)));
    }
    Files.writeString(lvsCf("a"), "primary = 192.0.2.1\n");
  }

  @Test
  void theSecondMachineHasTheKeyAndTheFileOfTheFirst() throws IOException {
    var waiting = wait("a");
    var second = new Ran();
    var status = second.run(words("b", "127.0.0.1", code(), "--lvs-cf"));

    assertThat(status).as(second.err.toString()).isZero();
    assertThat(waiting.join()).isZero();
    assertThat(first.out.toString()).contains("made", "done: the other machine has the key");
    assertThat(KeyFile.read(key("b"))).isEqualTo(KeyFile.read(key("a")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key("b"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(lvsCf("b"))).isEqualTo("primary = 192.0.2.1\n");
    assertThat(first.out.toString() + second.out).doesNotContain(secret());
  }

  @Test
  void withoutATerminalAndWithoutTheOptionLvsCfStays() throws IOException {
    var waiting = wait("a");
    var second = new Ran();

    assertThat(second.run(words("b", "127.0.0.1", code()))).isZero();

    assertThat(second.out.toString()).contains("--lvs-cf");
    assertThat(lvsCf("b")).doesNotExist();
    assertThat(waiting.join()).isZero();
  }

  @Test
  void whatIsNotOfferedIsNotTaken() throws IOException {
    var waiting = wait("a", "--no-lvs-cf");
    var second = new Ran();

    assertThat(second.run(words("b", "127.0.0.1", code(), "--lvs-cf"))).isZero();

    assertThat(second.out.toString()).contains("offers no lvs.cf");
    assertThat(waiting.join()).isZero();
  }

  @Test
  void aKeyThatIsThereStaysWithoutForceAndCostsNoTry() throws IOException {
    new CommandLine(new KeygenCommand()).execute(key("b").toString());
    var own = KeyFile.read(key("b"));
    var waiting = wait("a");
    var second = new Ran();

    assertThat(second.run(words("b", "127.0.0.1", code()))).isEqualTo(1);
    assertThat(second.err.toString()).contains(key("b") + " exists already", "--force");
    assertThat(KeyFile.read(key("b"))).isEqualTo(own);

    assertThat(second.run(words("b", "127.0.0.1", code(), "--force"))).isZero();
    assertThat(KeyFile.read(key("b"))).isEqualTo(KeyFile.read(key("a")));
    assertThat(waiting.join()).isZero();
    assertThat(first.out.toString()).doesNotContain("has not ended");
  }

  @Test
  void aKeyThatIsThereIsTheOneThatIsGiven() throws IOException {
    new CommandLine(new KeygenCommand()).execute(key("a").toString());
    var own = KeyFile.read(key("a"));
    var waiting = wait("a");

    assertThat(new Ran().run(words("b", "127.0.0.1", code()))).isZero();

    assertThat(waiting.join()).isZero();
    assertThat(KeyFile.read(key("b"))).isEqualTo(own);
    assertThat(KeyFile.read(key("a"))).isEqualTo(own);
  }

  @Test
  void wrongCodesEndTheWaitAndNoKeyIsWritten() {
    var waiting = wait("a");
    var wrong = code().startsWith("0") ? "1111-1111" : "0000-0000";
    for (var i = 0; i < 3; i++) {
      var second = new Ran();
      assertThat(second.run(words("b", "127.0.0.1", wrong))).isEqualTo(1);
      assertThat(second.err.toString()).contains("127.0.0.1", "another one there");
    }
    assertThat(waiting.join()).isEqualTo(1);
    assertThat(first.out.toString()).contains("127.0.0.1 has tried another code", "too often");
    assertThat(key("b")).doesNotExist();
  }

  @Test
  void nobodyThereAndWhatIsNoCodeAreSaidSo() {
    var second = new Ran();
    assertThat(second.run(words("b", "127.0.0.1", "0000-0000"))).isEqualTo(1);
    assertThat(second.err.toString()).contains("TCP port " + port, "must be waiting there");

    assertThat(second.run(words("b", "127.0.0.1", "12"))).isEqualTo(2);
    assertThat(second.err.toString()).contains("8 letters and digits");
  }

  @Test
  void withoutSealingThereIsNothingToShare() throws IOException {
    Files.writeString(conf("a"), "heartbeat.key-file = none\n");

    assertThat(first.run(words("a"))).isEqualTo(1);

    assertThat(first.err.toString()).contains("heartbeat.key-file = none", "remove that line");
  }

  private CompletableFuture<Integer> wait(String machine, String... more) {
    var words = words(machine, more);
    var all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--listen";
    all[words.length + 1] = "127.0.0.1";
    var waiting = first.start(all);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> waiting.isDone() || first.out.toString().contains("lvs.cf is"));
    assertThat(first.err.toString()).isEmpty();
    return waiting;
  }

  private String code() {
    return first.code();
  }

  private String[] words(String machine, String... more) {
    var words = new ArrayList<>(List.of("--conf", conf(machine).toString(), "--port", "" + port));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String secret() throws IOException {
    var line = Files.readString(key("a")).lines().filter(one -> one.startsWith("key ")).toList();
    return line.getFirst().substring(4);
  }

  private Path conf(String machine) {
    return folder.resolve(machine).resolve("director.conf");
  }

  private Path key(String machine) {
    return folder.resolve(machine).resolve("key");
  }

  private Path lvsCf(String machine) {
    return folder.resolve(machine).resolve("lvs.cf");
  }
}
