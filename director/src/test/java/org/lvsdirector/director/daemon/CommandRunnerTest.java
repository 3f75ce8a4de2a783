// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.daemon.CommandRunner.Job;

/** Programs of the operator. */
class CommandRunnerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder = Path.of("");

  @Test
  void commandsRunInOrderWithTheirWordsAndEnvironment() throws IOException {
    var out = folder.resolve("out");
    try (var runner = new CommandRunner(PATIENCE)) {
      runner.run(job("sh -c 'sleep 0.2; echo \"$1 $LVS_EVENT\" >> " + out + "' sh", "first"));
      runner.run(job("sh -c 'echo \"$1 $LVS_EVENT\" >> " + out + "' sh", "second"));
    }
    assertThat(Files.readAllLines(out)).containsExactly("first test", "second test");
  }

  @Test
  void oneThatHangsIsKilledWithItsChildrenAndTheNextRuns() throws IOException {
    var pids = folder.resolve("pids");
    var out = folder.resolve("out");
    try (var runner = new CommandRunner(Duration.ofMillis(700))) {
      runner.run(job("sh -c 'sleep 600 & echo $! > " + pids + "; echo $$ >> " + pids + "; wait'"));
      runner.run(job("touch " + out));
      await().atMost(PATIENCE).until(() -> Files.exists(out));
    }
    for (var pid : Files.readAllLines(pids)) {
      await().atMost(PATIENCE).until(() -> !isRunning(pid));
    }
  }

  @Test
  void oneThatCannotRunOrFailsKeepsNoneFromRunning() {
    var out = folder.resolve("out");
    try (var runner = new CommandRunner(PATIENCE)) {
      runner.run(job("/does/not/exist"));
      runner.run(job("false"));
      runner.run(job("touch " + out));
    }
    assertThat(out).exists();
  }

  @Test
  void aCommandThatLeavesADaemonBehindDoesNotHoldUpTheNext() throws IOException {
    var out = folder.resolve("out");
    var pid = folder.resolve("pid");
    try (var runner = new CommandRunner(PATIENCE)) {
      runner.run(job("sh -c 'sleep 600 & echo $! > " + pid + "'"));
      runner.run(job("touch " + out));
      await().atMost(PATIENCE).until(() -> Files.exists(out));
      var daemon = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      assertThat(daemon.isAlive()).isTrue();
      daemon.destroyForcibly();
    }
  }

  @Test
  void linesAreSplitAtBlanksButNotWithinQuotes() {
    assertThat(CommandRunner.words(" /bin/x  a \"b c\" 'd \"e' f\"\"g \"\" "))
        .containsExactly("/bin/x", "a", "b c", "d \"e", "fg", "");
  }

  private static boolean isRunning(String pid) throws IOException {
    var stat = Path.of("/proc", pid, "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private static Job job(String line, String... arguments) {
    return new Job("test", line, List.of(arguments), Map.of("LVS_EVENT", "test"));
  }
}
