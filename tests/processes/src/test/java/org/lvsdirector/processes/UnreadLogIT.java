// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directors whose standard output and standard error are a full pipe that nobody reads, as when
 * journald hangs: everything but the log goes on.
 */
@Timeout(600)
final class UnreadLogIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern MISSING = Pattern.compile("(\\d+) lines are missing here");

  @TempDir Path folder = Path.of("");

  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  UnreadLogIT() {}

  @BeforeEach
  void openLab() throws IOException {
    lab = new Lab(folder, 77);
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void allButTheLogGoesOn() throws IOException, InterruptedException {
    lab.startServers();
    lab.startUnreadDirector("primary");
    awaitRole("primary", "ACTIVE");
    lab.startUnreadDirector("backup");
    awaitRole("backup", "STANDBY");
    for (var node : List.of("primary", "backup")) {
      clog(node);
    }
    var term = lab.status("primary").at("/self/term").asLong();

    // Heartbeats, on both.
    for (var node : List.of("primary", "backup")) {
      var sent = number(node, "/links/0/sent");
      await().atMost(PATIENCE).until(() -> number(node, "/links/0/sent") > sent + 50);
    }
    assertThat(lab.status("backup").at("/partner/role").asText()).isEqualTo("ACTIVE");
    assertThat(number("backup", "/self/term")).as("nobody has taken over").isEqualTo(term);

    // Checks and forwarding.
    assertThat(lab.request()).isNotEmpty();
    lab.kill("web1");
    await().atMost(PATIENCE).until(() -> serverState("primary").equals("DOWN"));
    assertThat(lab.request()).isIn("web2", "web3");

    // Reloads.
    var changed = lab.goodLvsCf().replaceAll("scheduler = \\w+", "scheduler = sed");
    Files.writeString(lab.lvsCf(), changed);
    assertThat(reload("primary")).contains("reloaded");
    assertThat(lab.status("primary").at("/services/0/scheduler").asText()).isEqualTo("sed");
    assertThat(reload("backup")).contains("reloaded");

    // The takeover, by one whose own log is stuck.
    lab.kill("primary");
    awaitRole("backup", "ACTIVE");
    await().atMost(PATIENCE).until(() -> !lab.request().isEmpty());

    // The end.
    assertThat(number("backup", "/log/stuckMillis")).isPositive();
    lab.signal("backup", "TERM", 1);
    assertThat(lab.process("backup").onExit())
        .succeedsWithin(PATIENCE)
        .satisfies(ended -> assertThat(ended.exitValue()).isZero());
  }

  @Test
  void whatIsMissingIsToldOnceSomebodyReadsAgain() throws IOException, InterruptedException {
    lab.startServers();
    lab.startUnreadDirector("primary");
    awaitRole("primary", "ACTIVE");
    clog("primary");
    Files.writeString(lab.lvsCf(), lab.goodLvsCf());
    var dropped = number("primary", "/log/dropped");
    var text = lab.director(List.of("status", "--socket", lab.socket("primary").toString())).out();
    assertThat(text).contains("LOG IS NOT READ", "lines missing in the log: " + dropped);

    var said = new StringBuilder();
    var reader = lab.process("primary").inputReader(StandardCharsets.UTF_8);
    var lines = Thread.ofVirtual().start(() -> reader.lines().forEach(line -> append(said, line)));
    await().atMost(PATIENCE).until(() -> missing(said) >= dropped);
    await().atMost(PATIENCE).until(() -> number("primary", "/log/stuckMillis") == 0);
    assertThat(reload("primary")).contains("reloaded");
    await().atMost(PATIENCE).until(() -> text(said).contains("reloaded"));
    assertThat(missing(said)).isEqualTo(number("primary", "/log/dropped"));

    lab.signal("primary", "TERM", 1);
    assertThat(lab.process("primary").onExit()).succeedsWithin(PATIENCE);
    await().atMost(PATIENCE).until(() -> !lines.isAlive());
    assertThat(text(said)).as("to the last line").contains("stopped");
  }

  @Test
  void aStartThatFailsEndsThoughNobodyReadsWhy() throws IOException {
    Files.writeString(lab.lvsCf(), lab.goodLvsCf() + wrongLines(1_000));

    lab.startUnreadDirector("primary");

    assertThat(lab.process("primary").onExit())
        .succeedsWithin(PATIENCE)
        .satisfies(ended -> assertThat(ended.exitValue()).isEqualTo(1));
  }

  @Test
  void aStopGoesBeforeReloadsThatWaitAndTheyAreOne() throws IOException, InterruptedException {
    var signals = 60;
    lab.startDirector("primary");
    awaitRole("primary", "ACTIVE");
    Files.writeString(lab.lvsCf(), lab.goodLvsCf() + wrongLines(12_000));

    lab.signal("primary", "HUP", signals / 2);
    await().atMost(PATIENCE).until(() -> reloadsRefused("primary") > 0);
    lab.signal("primary", "HUP", signals / 2);
    lab.signal("primary", "TERM", 1);

    assertThat(lab.process("primary").onExit()).succeedsWithin(PATIENCE);
    assertThat(lab.log("primary")).contains("stopped");
    assertThat(reloadsRefused("primary"))
        .as("a reload takes longer than many signals")
        .isLessThanOrEqualTo(signals / 3L);
  }

  private long reloadsRefused(String node) throws IOException {
    return Pattern.compile(" reload of .* refused").matcher(lab.log(node)).results().count();
  }

  /** Makes a director say more than its pipe and its memory for it hold. */
  private void clog(String node) throws IOException {
    Files.writeString(lab.lvsCf(), lab.goodLvsCf() + wrongLines(1_000));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(reload(node)).contains("wrong");
              return number(node, "/log/dropped") > 0;
            });
    assertThat(number(node, "/log/stuckMillis")).isPositive();
    Files.writeString(lab.lvsCf(), lab.goodLvsCf());
  }

  private static String wrongLines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "wrong_directive_" + i + " = " + "x".repeat(1_000))
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  private String reload(String node) throws IOException {
    var said = lab.director(List.of("reload", "--socket", lab.socket(node).toString()), 60);
    return said.out() + said.err();
  }

  private void awaitRole(String node, String role) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(lab.role(node)).as(lab.log(node)).isEqualTo(role));
  }

  private long number(String node, String pointer) {
    return lab.status(node).at(pointer).asLong();
  }

  private String serverState(String node) {
    return lab.status(node).at("/services/0/servers/0/state").asText();
  }

  private static void append(StringBuilder text, String line) {
    synchronized (text) {
      text.append(line).append('\n');
    }
  }

  private static String text(StringBuilder text) {
    synchronized (text) {
      return text.toString();
    }
  }

  private static long missing(StringBuilder text) {
    return MISSING
        .matcher(text(text))
        .results()
        .mapToLong(one -> Long.parseLong(one.group(1)))
        .sum();
  }
}
