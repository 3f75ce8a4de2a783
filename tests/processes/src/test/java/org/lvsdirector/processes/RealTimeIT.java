// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which threads of a director run in real time, and that nothing else does. */
final class RealTimeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As {@code sched_setscheduler} of the kernel numbers them, after the comm of proc(5)'s stat. */
  private static final String OTHER = "0";

  private static final String ROUND_ROBIN = "2";
  private static final int PRIORITY_AFTER_COMM = 37;
  private static final int POLICY_AFTER_COMM = 38;

  private static final String FIRST = "pulse|VM Thread";

  /** Names are cut by the kernel after 15 characters. */
  private static final String IN_TIME =
      "pulse-(addresses|term|announcer|ask-[0-9]+)|ucast-receiver.*|watchdog"
          + "|VM Periodic Tas|Z(Director|Driver|Worker).*|(GC Thread|RuntimeWorker|G1).*";

  @TempDir Path folder = Path.of("");

  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  RealTimeIT() {}

  @BeforeEach
  void startServers() throws IOException {
    lab = new Lab(folder, 97);
    lab.startServers();
  }

  @AfterEach
  void stopAll() {
    lab.close();
  }

  @Test
  void whatMustBeOnTimeIsAndNothingElse() throws IOException {
    var policies = folder.resolve("policies");
    Files.writeString(lab.lvsCf(), withProgram(policies));
    startPrimary(2);
    startPartnerAndAwaitBoth();
    await().atMost(PATIENCE).until(() -> Files.exists(policies));

    var threads = threads(lab.process("primary").pid());
    for (var thread : threads) {
      assertThat(thread.scheduling()).as(thread.name()).isEqualTo(expected(thread.name()));
    }
    assertThat(threads.stream().map(Scheduled::name))
        .contains("pulse", "ucast-receiver", "VM Thread", "lvsd")
        .anyMatch(name -> name.startsWith("proxy"));
    assertThat(new TreeSet<>(Files.readAllLines(policies))).containsExactly(OTHER);
    assertThat(lab.status("primary").at("/heartbeats/realTimePriority").asInt()).isEqualTo(2);
  }

  private static String expected(String thread) {
    if (thread.matches(FIRST)) {
      return ROUND_ROBIN + " 3";
    }
    return thread.matches(IN_TIME) ? ROUND_ROBIN + " 2" : OTHER + " 0";
  }

  @Test
  void whoAsksForNoneHasNone() throws IOException {
    startPrimary(0);
    startPartnerAndAwaitBoth();
    assertThat(threads(lab.process("primary").pid()).stream().map(Scheduled::scheduling))
        .containsOnly(OTHER + " 0");
    assertThat(lab.status("primary").at("/heartbeats/realTimePriority").asInt()).isZero();
    assertThat(lab.status("primary").at("/heartbeats/realTimeProblem").asText()).isEmpty();
  }

  private void startPrimary(int priority) throws IOException {
    lab.startDirector(
        "primary", lab.lvsCf(), Map.of("real-time.priority", Integer.toString(priority)));
  }

  private void startPartnerAndAwaitBoth() throws IOException {
    lab.startDirector("backup");
    await()
        .atMost(PATIENCE)
        .until(() -> List.of(lab.role("primary"), lab.role("backup")).contains("STANDBY"));
    await().atMost(PATIENCE).until(() -> lab.status("primary").at("/partner/isAlive").asBoolean());
  }

  /** An lvs.cf whose servers are checked by a program that notes how it is scheduled. */
  private String withProgram(Path policies) throws IOException {
    var program = folder.resolve("check");
    Files.writeString(
        program, "#!/bin/sh\nawk '{print $41}' /proc/self/stat >> " + policies + "\necho OK\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return lab.goodLvsCf()
        .replaceAll("\tsend = .*\n", "\tsend_program = \"" + program + " %h\"\n")
        .replaceAll("\texpect = .*\n", "\texpect = \"OK\"\n");
  }

  /**
   * A thread as the kernel has it.
   *
   * @param scheduling policy and priority
   */
  private record Scheduled(String name, String scheduling) {}

  private static List<Scheduled> threads(long pid) throws IOException {
    var found = new ArrayList<Scheduled>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (var task : tasks) {
        var stat = stat(task);
        var end = stat.lastIndexOf(')');
        if (end < 0) {
          continue;
        }
        var fields = stat.substring(end + 2).split(" ");
        found.add(
            new Scheduled(
                stat.substring(stat.indexOf('(') + 1, end),
                fields[POLICY_AFTER_COMM] + " " + fields[PRIORITY_AFTER_COMM]));
      }
    }
    return found;
  }

  /** Empty when the thread has ended. */
  private static String stat(Path task) throws IOException {
    try {
      return Files.readString(task.resolve("stat"));
    } catch (NoSuchFileException _) {
      return "";
    }
  }
}
