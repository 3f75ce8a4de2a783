package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time that processes have used: fields 14 and 15 of proc_pid_stat(5). */
final class Cpu {
  /** USER_HZ, which is 100 on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private Cpu() {}

  /** Of all of them together. */
  static double seconds(List<Long> pids) throws IOException {
    long ticks = 0;
    for (var pid : pids) {
      var text = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
    return ticks / TICKS_PER_SECOND;
  }
}
