// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with everything that it started: its descendants and, where it leads a session of its
 * own, see setsid(2), all of that session, which a process leaves only by making another.
 */
public final class Session {
  private static final Path PROC = Path.of("/proc");
  private static final int KILL_ROUNDS = 3;

  /** Index of the session in /proc/PID/stat, behind the name in brackets; proc_pid_stat(5). */
  private static final int SESSION_FIELD = 3;

  private final Process leader;

  /** The session of a program that runs. */
  public Session(Process leader) {
    this.leader = leader;
  }

  /** Kills all of it; what is made meanwhile is met in the next round. Does not wait. */
  public void kill() {
    for (var round = 0; round < KILL_ROUNDS; round++) {
      var members = new ArrayList<>(members());
      leader.descendants().forEach(members::add);
      leader.destroyForcibly();
      if (members.isEmpty()) {
        return;
      }
      members.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private List<ProcessHandle> members() {
    var members = new ArrayList<ProcessHandle>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        var pid = Long.parseLong(process.getFileName().toString());
        if (pid != leader.pid() && sessionOf(process) == leader.pid()) {
          ProcessHandle.of(pid).ifPresent(members::add);
        }
      }
    } catch (IOException | RuntimeException _) {
      // Without /proc the descendants have to do.
      return members;
    }
    return members;
  }

  private static long sessionOf(Path process) {
    try {
      var stat = Files.readString(process.resolve("stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[SESSION_FIELD]);
    } catch (IOException | RuntimeException _) {
      return -1;
    }
  }
}
