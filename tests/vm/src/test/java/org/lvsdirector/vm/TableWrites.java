// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Counts in the kernel, whoever sends them and from whichever network namespace, the netlink
 * messages that change something of IPVS.
 */
final class TableWrites {
  /** Who counts locks it for writing, who changes a table meanwhile for reading. */
  static final String LOCK = "writes to IPVS";

  private static final Path TRACING = Path.of("/sys/kernel/tracing");
  private static final String PROBE = "lvs_director_writes";

  private TableWrites() {}

  /** How many there were since the first call. */
  static long count() throws IOException {
    if (!Files.exists(TRACING.resolve("events/kprobes/" + PROBE))) {
      begin();
    }
    for (var line : Files.readAllLines(TRACING.resolve("kprobe_profile"))) {
      var words = line.strip().split("\\s+");
      if (words[0].equals(PROBE)) {
        return Long.parseLong(words[1]);
      }
    }
    throw new AssertionError("the kernel does not count");
  }

  private static void begin() throws IOException {
    if (!Files.exists(TRACING.resolve("kprobe_events"))) {
      Guest.run("mount", "-t", "tracefs", "tracefs", TRACING.toString());
    }
    Guest.run("modprobe", "ip_vs");
    Files.writeString(
        TRACING.resolve("kprobe_events"),
        "p:" + PROBE + " ip_vs:ip_vs_genl_set_cmd\n",
        StandardOpenOption.WRITE);
    Files.writeString(
        TRACING.resolve("events/kprobes/" + PROBE + "/enable"), "1", StandardOpenOption.WRITE);
  }
}
