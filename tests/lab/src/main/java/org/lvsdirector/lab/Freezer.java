// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group whose processes can be stopped at one instant, without a signal, as a hypervisor
 * stops a machine: {@code cgroup.freeze} of version 2, the freezer of version 1 or, where neither
 * can be written, SIGSTOP.
 */
final class Freezer {
  private final String name;
  private final List<Long> pids;

  /**
   * A freezer for some processes.
   *
   * @param name of its group; the lab's janitor removes groups of that prefix
   */
  Freezer(String name, List<Long> pids) {
    this.name = name;
    this.pids = List.copyOf(pids);
  }

  /** Stops them, and tells by which means. */
  String freeze() throws IOException {
    for (var root : List.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")) {
      if (isWritable(Path.of(root), "cgroup.procs")) {
        return write(Path.of(root), "cgroup.freeze", "1");
      }
    }
    var old = Path.of("/sys/fs/cgroup/freezer");
    if (isWritable(old, "cgroup.procs")) {
      return write(old, "freezer.state", "FROZEN");
    }
    pids.forEach(pid -> Syscalls.kill(pid, Syscalls.SIGSTOP));
    return "SIGSTOP";
  }

  /** Lets them go on. */
  void thaw() throws IOException {
    for (var root : List.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/freezer")) {
      var group = Path.of(root, name);
      if (Files.exists(group.resolve("cgroup.freeze"))) {
        Files.writeString(group.resolve("cgroup.freeze"), "0");
        leave(Path.of(root));
      } else if (Files.exists(group.resolve("freezer.state"))) {
        Files.writeString(group.resolve("freezer.state"), "THAWED");
        leave(Path.of(root));
      }
    }
    pids.forEach(pid -> Syscalls.kill(pid, Syscalls.SIGCONT));
  }

  private static boolean isWritable(Path root, String file) {
    return Files.isWritable(root.resolve(file));
  }

  private String write(Path root, String file, String value) throws IOException {
    var group = root.resolve(name);
    Files.createDirectories(group);
    for (var pid : pids) {
      Files.writeString(group.resolve("cgroup.procs"), pid.toString());
    }
    Files.writeString(group.resolve(file), value);
    return file;
  }

  private void leave(Path root) throws IOException {
    for (var pid : pids) {
      Files.writeString(root.resolve("cgroup.procs"), pid.toString());
    }
    Files.delete(root.resolve(name));
  }
}
