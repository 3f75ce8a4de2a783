// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How often the kernel of this machine killed a process for want of memory; proc_vmstat(5). */
final class MemoryKills {
  private static final Path VMSTAT = Path.of("/proc/vmstat");
  private static final String NAME = "oom_kill ";

  private MemoryKills() {}

  /** The count since the machine started; 0 where the kernel does not say. */
  static long count() {
    try {
      for (var line : Files.readAllLines(VMSTAT)) {
        if (line.startsWith(NAME)) {
          return Long.parseLong(line.substring(NAME.length()).strip());
        }
      }
      return 0;
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }
}
