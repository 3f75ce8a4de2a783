// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux.program;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.lvsdirector.linux.Libc;

/**
 * A program with everything that it started and that still runs: its session, see setsid(2), and
 * whoever has its mark in the environment, which processes leave to those that they start. Only who
 * left the one and cleaned the other is not found.
 */
final class Session {
  private static final Path PROC = Path.of("/proc");
  private static final int SIGKILL = 9;
  private static final int MOST_ROUNDS = 10;

  /** Indices in /proc/PID/stat, behind the name in brackets; proc_pid_stat(5). */
  private static final int STATE_FIELD = 0;

  private static final int SESSION_FIELD = 3;

  private final Libc libc;
  private final int leader;
  private final String mark;

  /**
   * A session.
   *
   * @param leader the pid of a child of this process that is not waited for yet
   * @param mark a variable of its environment
   */
  Session(Libc libc, int leader, String mark) {
    this.libc = libc;
    this.leader = leader;
    this.mark = mark;
  }

  /**
   * Kills all of it; what is made meanwhile is met in the next round. Does not wait.
   *
   * @return how many were met beside the leader
   */
  int kill() {
    libc.kill(leader, SIGKILL);
    var met = new HashSet<Integer>();
    for (var round = 0; round < MOST_ROUNDS; round++) {
      var members = members();
      if (members.isEmpty()) {
        break;
      }
      met.addAll(members);
      members.forEach(pid -> libc.kill(pid, SIGKILL));
    }
    return met.size();
  }

  private List<Integer> members() {
    var members = new ArrayList<Integer>();
    var last = lastPid();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        var pid = Integer.parseInt(process.getFileName().toString());
        if (isYounger(pid, last) && isMember(process)) {
          members.add(pid);
        }
      }
    } catch (IOException | RuntimeException _) {
      // Without /proc nobody but the leader is known.
      return members;
    }
    return members;
  }

  /** Pids are given in rows, and begin anew at the end: so few processes need a closer look. */
  private boolean isYounger(int pid, int last) {
    return last >= leader ? pid > leader && pid <= last : pid > leader || pid <= last;
  }

  /** The pid that was given last; proc_loadavg(5). */
  private int lastPid() {
    try {
      var words = read(PROC.resolve("loadavg")).strip().split(" ");
      return Integer.parseInt(words[words.length - 1]);
    } catch (IOException | RuntimeException _) {
      return 0;
    }
  }

  private boolean isMember(Path process) {
    try {
      var stat = read(process.resolve("stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      if (fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X")) {
        return false;
      }
      return Integer.parseInt(fields[SESSION_FIELD]) == leader || hasMark(process);
    } catch (IOException | RuntimeException _) {
      return false;
    }
  }

  private boolean hasMark(Path process) throws IOException {
    var environment = read(process.resolve("environ"));
    return ("\0" + environment).contains("\0" + mark + "\0");
  }

  /** Also in a thread that is interrupted, which would close a channel. */
  private static String read(Path file) throws IOException {
    try (var in = new FileInputStream(file.toFile())) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
