// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Removes what a lab made: namespaces, what runs in them, mounts, groups for freezing. A process of
 * its own does it when this program closes it or has ended, however it ended.
 *
 * <p>Names carry this program's process id and start time; what a dead program left (its janitor
 * was killed too) is removed by the next one.
 */
final class Janitor implements AutoCloseable {
  private static final String PREFIX = "lvslab-";
  private static final Pattern NAME = Pattern.compile("(" + PREFIX + "(\\d+)-(\\d+)-)\\S*");

  private static final String SCRIPT =
      """
      cat >/dev/null
      for group in /sys/fs/cgroup/freezer/"$1"* /sys/fs/cgroup/"$1"* /sys/fs/cgroup/unified/"$1"*; do
        [ -e "$group/freezer.state" ] && echo THAWED >"$group/freezer.state"
        [ -e "$group/cgroup.freeze" ] && echo 0 >"$group/cgroup.freeze"
      done
      for namespace in $(ip netns list | awk -v prefix="$1" 'index($1, prefix) == 1 { print $1 }'); do
        for round in 1 2 3 4 5; do
          pids=$(ip netns pids "$namespace") && [ -n "$pids" ] || break
          kill -9 $pids
          sleep 0.1
        done
        ip netns del "$namespace"
      done
      awk -v prefix="$1" 'index($1, prefix) == 1 { print $2 }' /proc/mounts | while read -r folder; do
        umount -l "$folder"
      done
      for group in /sys/fs/cgroup/freezer/"$1"* /sys/fs/cgroup/"$1"* /sys/fs/cgroup/unified/"$1"*; do
        [ -d "$group" ] && rmdir "$group"
      done
      exit 0
      """;

  private final String prefix;
  private final Process process;

  private Janitor(String prefix) throws IOException {
    this.prefix = prefix;
    process = start(prefix);
  }

  /** A janitor for names with a fresh prefix, after the leftovers of dead programs are removed. */
  static Janitor open(int number) throws IOException {
    removeLeftovers();
    var self = ProcessHandle.current().pid();
    return new Janitor(PREFIX + self + "-" + startTime(self) + "-" + number + "-");
  }

  /** What every name of this lab begins with. */
  String prefix() {
    return prefix;
  }

  @Override
  public void close() throws IOException {
    end(process);
  }

  private static Process start(String prefix) throws IOException {
    return new ProcessBuilder("setsid", "sh", "-c", SCRIPT, "lab-janitor", prefix)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void end(Process janitor) throws IOException {
    try {
      janitor.getOutputStream().close();
      if (!janitor.waitFor(30, TimeUnit.SECONDS)) {
        throw new IOException("the namespaces of the lab could not be removed within 30 s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeLeftovers() throws IOException {
    var names = Commands.run(List.of("ip", "netns", "list"));
    var matcher = NAME.matcher(names);
    var dead = new java.util.TreeSet<String>();
    while (matcher.find()) {
      if (!matcher.group(3).equals(startTime(Long.parseLong(matcher.group(2))))) {
        dead.add(matcher.group(1));
      }
    }
    for (var leftover : dead) {
      end(start(leftover));
    }
  }

  /** When a process started, in ticks after boot: field 22 of proc_pid_stat(5); "" for no such. */
  private static String startTime(long pid) throws IOException {
    var stat = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(stat)) {
      return "";
    }
    var text = Files.readString(stat);
    return text.substring(text.lastIndexOf(')') + 2).split(" ")[19];
  }
}
