// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.daemon.CommandRunner.Job;
import org.lvsdirector.director.machine.CommandWords;
import org.slf4j.LoggerFactory;

/** Programs of the operator. */
class CommandRunnerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder = Path.of("");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger().setLevel(Level.INFO);
    logger().addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    logger().detachAppender(log);
    logger().setLevel(null);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(CommandRunner.class);
  }

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
    assertThat(CommandWords.of(" /bin/x  a \"b c\" 'd \"e' f\"\"g \"\" "))
        .containsExactly("/bin/x", "a", "b c", "d \"e", "fg", "");
  }

  @Test
  void outputIsAPipeSoThatNoDiskIsNeeded() throws IOException {
    var out = folder.resolve("out");
    try (var runner = new CommandRunner(PATIENCE)) {
      runner.run(job("sh -c 'readlink /proc/$$/fd/1 /proc/$$/fd/2 > " + out + "'"));
      runner.run(job("sh -c 'exec 3>&1; readlink /proc/$$/fd/3 >> " + out + "'"));
    }
    assertThat(Files.readAllLines(out)).hasSize(3).element(2).asString().startsWith("pipe:");
  }

  @Test
  void aFloodIsCutAndHoldsNothingUp() throws IOException {
    var out = folder.resolve("out");
    try (var runner = new CommandRunner(PATIENCE)) {
      runner.run(job("sh -c 'head -c 20000000 /dev/zero; echo $? > " + out + "'"));
    }
    assertThat(Files.readString(out)).isEqualTo("0\n");
    assertThat(told()).singleElement().asString().hasSizeLessThan(3000).startsWith("test done");
  }

  @Test
  void whatAProgramSaysIsPrintable() {
    try (var runner = new CommandRunner(PATIENCE)) {
      runner.run(job("printf 'a\\033[31mb\\000\\007c\\rd\\ne'"));
    }
    assertThat(told()).singleElement().asString().endsWith(": a\u241b[31mb\u2400\u2407c / d / e");
  }

  @Test
  void oneThatHangsIsKilledAlsoWithWhatLeftItsSession() throws IOException {
    var pids = folder.resolve("pids");
    try (var runner = new CommandRunner(Duration.ofSeconds(2))) {
      runner.run(
          job(
              "sh -c '(setsid sleep 777 & echo $! >> "
                  + pids
                  + "); (sleep 778 & echo $! >> "
                  + pids
                  + "); sleep 600'"));
      await().atMost(PATIENCE).until(() -> !told().isEmpty());
    }
    assertThat(told()).singleElement().asString().contains("KILLED");
    assertThat(Files.readAllLines(pids)).hasSize(2);
    for (var pid : Files.readAllLines(pids)) {
      await().atMost(PATIENCE).until(() -> !isRunning(pid));
    }
  }

  private List<String> told() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static boolean isRunning(String pid) throws IOException {
    var stat = Path.of("/proc", pid, "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private static Job job(String line, String... arguments) {
    return new Job("test", line, List.of(arguments), Map.of("LVS_EVENT", "test"));
  }
}
