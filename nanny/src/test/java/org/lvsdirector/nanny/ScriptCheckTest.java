// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.nanny.CheckResult.Bad;
import org.lvsdirector.nanny.CheckResult.Good;
import org.lvsdirector.nanny.CheckResult.Undecided;

/** Checks by programs, which are real processes. */
@Timeout(60)
class ScriptCheckTest {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Endpoint SERVER = new Endpoint(IpAddress.of("2001:db8::7"), 3306);
  private static final Expect OK = new Expect.Exactly("OK");

  @TempDir Path folder = Path.of("unset");

  private final CheckPrograms programs = new CheckPrograms();

  @AfterEach
  void end() {
    programs.close();
  }

  private Path program(String lines) throws IOException {
    var file = Files.writeString(folder.resolve("probe"), "#!/bin/sh\n" + lines + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CheckResult check(String lines, Expect expect, Duration timeout)
      throws IOException, InterruptedException {
    return check(program(lines) + " %h %p", expect, timeout, SERVER);
  }

  private CheckResult check(String command, Expect expect, Duration timeout, Endpoint server)
      throws InterruptedException {
    return ScriptCheck.run(programs, command, server, timeout, new Expectation(expect));
  }

  private static void assertGood(CheckResult result, String detail) {
    assertThat(result)
        .isInstanceOfSatisfying(Good.class, good -> assertThat(good.detail()).isEqualTo(detail));
  }

  private static void assertBad(CheckResult result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(Bad.class, bad -> assertThat(bad.reason()).isEqualTo(reason));
  }

  @Test
  void exitStatusDecidesWhereNothingIsExpected() throws Exception {
    assertGood(check("echo whatever", new Expect.Nothing(), AMPLE), "exit status 0");
    assertBad(check("exit 3", new Expect.Nothing(), AMPLE), "exit status 3");
    assertBad(check("kill -SEGV $$", new Expect.Nothing(), AMPLE), "exit status 139 (signal 11)");
  }

  @Test
  void wholeOutputIsComparedWithoutItsLineEnd() throws Exception {
    assertGood(check("echo OK", OK, AMPLE), "answer was 'OK'");
    assertGood(check("printf OK", OK, AMPLE), "answer was 'OK'");
    assertBad(check("echo OKAY", OK, AMPLE), "answer was 'OKAY', expected 'OK'");
    assertBad(check("echo OK; echo", OK, AMPLE), "answer was 'OK\\n', expected 'OK'");
    assertBad(check("echo OK >&2", OK, AMPLE), "it printed nothing");
    assertGood(check("echo x", new Expect.Anything(), AMPLE), "answered 'x\\n'");
    assertGood(check("echo 1OK", new Expect.Regex("[0-9]OK"), AMPLE), "answer matched '[0-9]OK'");
  }

  @Test
  void programThatFailsIsBadWhateverItPrints() throws Exception {
    assertBad(check("echo OK; exit 1", OK, AMPLE), "exit status 1");
  }

  @Test
  void addressAndPortStandInForTheirSignsAlsoInsideOfWords() throws Exception {
    var expect = new Expect.Exactly("2001:db8::7 3306 --url=http://[2001:db8::7]:3306/");
    var command = program("echo $*") + " %h  %p --url=http://[%h]:%p/";
    assertThat(check(command, expect, AMPLE, SERVER)).isInstanceOf(Good.class);
  }

  @Test
  void nothingOfTheDaemonReachesTheProgram() throws Exception {
    var probe =
        "read line && exit 7; pwd; env | grep -v -E '^(_|PWD|SHLVL|OLDPWD)=' | sed"
            + " 's/[0-9a-f-]*[.][0-9]*$/MARK/' | sort";
    var expect =
        new Expect.Exactly("/\nLC_ALL=C\nLVS_DIRECTOR_CHECK=MARK\nPATH=" + Script.SEARCH_PATH);
    assertThat(check(probe, expect, AMPLE)).isInstanceOf(Good.class);
  }

  @Test
  void programIsLookedForInThePath() throws Exception {
    assertGood(check("true", new Expect.Nothing(), AMPLE, SERVER), "exit status 0");
    assertGood(check("echo a  b", new Expect.Exactly("a b"), AMPLE, SERVER), "answer was 'a b'");
  }

  @Test
  void missingProgramSaysNothingOfTheServer() throws Exception {
    var file = folder.resolve("notes");
    Files.writeString(file, "not a program");
    for (var command : List.of("no-such-program-here", folder + "/missing", file.toString(), "/")) {
      assertThat(check(command, OK, AMPLE, SERVER)).isInstanceOf(Undecided.class);
    }
  }

  @Test
  void programThatHangsIsKilledAtTheDeadlineWithAllThatItStarted() throws Exception {
    var pids = folder.resolve("pids");
    var lines =
        "trap '' TERM; (sleep 600 & echo $! >> %s) & sleep 600 & echo $! >> %s; echo $$ >> %s; wait"
            .formatted(pids, pids, pids);
    assertBad(check(lines, OK, SHORT), "not ended within 700 ms");
    assertThat(Files.readAllLines(pids)).hasSize(3);
    for (var pid : Files.readAllLines(pids)) {
      await().atMost(AMPLE).until(() -> !isRunning(pid));
    }
  }

  @Test
  void outputWithoutEndIsCutAndItsProgramKilled() throws Exception {
    var began = System.nanoTime();
    assertBad(check("echo $$ > " + folder.resolve("pid") + "; yes", OK, AMPLE), tooLong());
    assertThat(System.nanoTime() - began).isLessThan(AMPLE.toNanos());
    var pid = Files.readString(folder.resolve("pid")).strip();
    await().atMost(AMPLE).until(() -> !isRunning(pid));
  }

  private static String tooLong() {
    return "it printed more than 64 KiB";
  }

  @Test
  void outputThatNobodyExpectsHoldsNothingUp() throws Exception {
    assertGood(check("head -c 1000000 /dev/zero", new Expect.Nothing(), AMPLE), "exit status 0");
    assertBad(check("head -c 1000000 /dev/zero", OK, AMPLE), tooLong());
  }

  @Test
  void whatIsLeftBehindWithTheOutputOpenHoldsNothingUp() throws Exception {
    var pid = folder.resolve("pid");
    var lines = "sleep 600 & echo $! > " + pid + "; sleep 0.1; echo OK";
    for (var i = 0; i < 3; i++) {
      assertGood(check(lines, OK, AMPLE), "answer was 'OK'");
    }
    await().atMost(AMPLE).until(() -> readers() == 0);
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("nanny-program"))
        .count();
  }

  @Test
  void noProcessIsLeftBehindByChecksInRows() throws Exception {
    for (var i = 0; i < 20; i++) {
      check("exit 1", new Expect.Nothing(), AMPLE);
      check("sleep 600", new Expect.Nothing(), Duration.ofMillis(20));
    }
    programs.close();
    await().atMost(AMPLE).until(() -> ProcessHandle.current().children().findAny().isEmpty());
  }

  @Test
  void interruptedCheckEndsAtOnceAndItsProgramWithIt() throws Exception {
    var pid = folder.resolve("pid");
    var command = program("echo $$ > " + pid + "; sleep 600") + " %h";
    var ended = new CompletableFuture<CheckResult>();
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    ended.complete(check(command, OK, AMPLE, SERVER));
                  } catch (InterruptedException e) {
                    ended.completeExceptionally(e);
                  }
                });
    await().atMost(AMPLE).until(() -> Files.exists(pid) && Files.size(pid) > 1);
    thread.interrupt();
    assertThatThrownBy(() -> ended.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    var started = Files.readString(pid).strip();
    await().atMost(AMPLE).until(() -> !isRunning(started));
  }

  private static boolean isRunning(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false)
        && !isZombie(pid);
  }

  /** A process whose parent died waits for init, which may be slow or not there. */
  private static boolean isZombie(String pid) {
    try {
      var stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException _) {
      return true;
    }
  }

  /** What a program file holds that this machine cannot run, by what is wrong with it. */
  static Map<String, String> unstartable() {
    return Map.ofEntries(
        Map.entry("interpreter missing", "#!/usr/bin/python2.99\nprint(1)\n"),
        Map.entry("carriage return behind the interpreter", "#!/bin/sh\r\nexit 0\r\n"),
        Map.entry("interpreter is a folder", "#!/usr\nexit 0\n"),
        Map.entry("interpreter may not be run", "#!/etc/passwd\nexit 0\n"),
        Map.entry("env finds no interpreter", "#!/usr/bin/env python2.99\nprint(1)\n"),
        Map.entry("env -S finds no interpreter", "#!/usr/bin/env -S A=b python2.99 -u\nprint(1)\n"),
        Map.entry("program of another machine", "\u007fELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\0\0"),
        Map.entry("empty, as a full disk leaves it", ""),
        Map.entry(
            "library missing",
            """
            #!/bin/sh
            echo "$0: error while loading shared libraries: libx.so.9: cannot open" >&2
            exit 127
            """));
  }

  @Test
  void whatThisMachineCannotStartSaysNothingOfTheServer() throws Exception {
    for (var entry : unstartable().entrySet()) {
      var file = folder.resolve("program");
      Files.writeString(file, entry.getValue(), StandardCharsets.ISO_8859_1);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (var expect : List.of(new Expect.Nothing(), OK)) {
        assertThat(check(file + " %h", expect, AMPLE, SERVER))
            .as(entry.getKey())
            .isInstanceOf(Undecided.class);
      }
    }
  }

  @Test
  void aProgramThatIsThereButNotExecutableIsNotCalledMissing() throws Exception {
    var file = folder.resolve("program");
    Files.writeString(file, "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertUndecided(file.toString(), "not executable", "chmod a+x '" + file + "'");
    assertUndecided(folder.toString(), "is no file that can be run");
    assertUndecided(folder.resolve("none").toString(), "there is no program");
    assertUndecided("no-such-program-anywhere", "there is no program", "/usr/bin");
  }

  private void assertUndecided(String command, String... words) throws Exception {
    assertThat(check(command, OK, AMPLE, SERVER))
        .isInstanceOfSatisfying(
            Undecided.class, undecided -> assertThat(undecided.reason()).contains(words));
  }

  @Test
  void reasonNamesTheInterpreter() throws Exception {
    var file = program("exit 0");
    Files.writeString(file, "#!/bin/sh\r\nexit 0\r\n");
    assertThat(check(file.toString(), OK, AMPLE, SERVER))
        .isInstanceOfSatisfying(
            Undecided.class,
            undecided ->
                assertThat(undecided.reason()).endsWith("there is no interpreter '/bin/sh\\r'"));
  }

  @Test
  void programThatIsBeingWrittenSaysNothingOfTheServer() throws Exception {
    var file = folder.resolve("copy");
    Files.copy(Path.of("/bin/true").toRealPath(), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var writer = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      assertThat(check(file.toString(), new Expect.Nothing(), AMPLE, SERVER))
          .isInstanceOf(Undecided.class);
      writer.flush();
    }
    await()
        .atMost(AMPLE)
        .until(() -> check(file.toString(), new Expect.Nothing(), AMPLE, SERVER) instanceof Good);
  }

  @Test
  void tooLongArgumentsSayNothingOfTheServer() throws Exception {
    var command = program("exit 0") + " " + "x".repeat(1 << 20);
    assertThat(check(command, new Expect.Nothing(), AMPLE, SERVER)).isInstanceOf(Undecided.class);
  }

  @Test
  void aProgramsOwnStatusCountsWhateverItIs() throws Exception {
    for (var status : List.of(1, 125, 126, 127, 128, 255)) {
      assertBad(check("exit " + status, new Expect.Nothing(), AMPLE), "exit status " + status);
    }
    assertBad(check("no-such-command-here", new Expect.Nothing(), AMPLE), "exit status 127");
    assertBad(check("kill -KILL $$", new Expect.Nothing(), AMPLE), "exit status 137 (signal 9)");
    var file = program("");
    Files.writeString(file, "#!/usr/bin/env sh\nexit 127\n");
    assertBad(check(file.toString(), OK, AMPLE, SERVER), "exit status 127");
  }

  @Test
  void textWithoutAnInterpreterIsForTheShell() throws Exception {
    var file = program("");
    Files.writeString(file, "echo OK\n");
    assertGood(check(file.toString(), OK, AMPLE, SERVER), "answer was 'OK'");
  }

  @Test
  void nothingOfACheckOutlivesIt() throws Exception {
    var pids = folder.resolve("pids");
    var end = "echo $! >> " + pids + "; echo OK";
    var manners =
        List.of(
            "sleep 600 & " + end,
            "sleep 600 >/dev/null 2>&1 & " + end,
            "set -m; sleep 600 >/dev/null 2>&1 & " + end,
            "env -i sleep 600 >/dev/null 2>&1 & " + end,
            "setsid sleep 600 >/dev/null 2>&1 & sleep 0.1; " + end,
            "(setsid sh -c 'echo $$ >> " + pids + "; sleep 600' & ) ; sleep 0.2; echo OK");
    for (var lines : manners) {
      assertGood(check(lines, OK, AMPLE), "answer was 'OK'");
    }
    assertThat(Files.readAllLines(pids)).hasSize(manners.size());
    for (var pid : Files.readAllLines(pids)) {
      await().atMost(AMPLE).until(() -> !isRunning(pid));
    }
  }

  @Test
  void whatRunsWhenTheDaemonDiesIsKilledWithAllThatItStarted() throws Exception {
    var pids = folder.resolve("pids");
    var command =
        program("setsid sleep 600 & echo $! > " + pids + "; echo $$ >> " + pids + "; sleep 600");
    var ended =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return check(command + " %h", OK, Duration.ofMinutes(5), SERVER);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await().atMost(AMPLE).until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
    programs.close(); // All that the death of this process does to the reaper: its input ends.
    assertBad(ended.get(20, TimeUnit.SECONDS), "exit status 137 (signal 9)");
    for (var pid : Files.readAllLines(pids)) {
      await().atMost(AMPLE).until(() -> !isRunning(pid));
    }
  }
}
