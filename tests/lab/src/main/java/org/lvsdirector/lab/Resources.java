// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process has taken, after its garbage was collected.
 *
 * @param heapKib objects that are in use
 * @param residentKib memory of all kinds
 */
record Resources(long pid, long heapKib, long residentKib, int descriptors, int threads) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern USED_MIB = Pattern.compile("used (\\d+)M");

  /** Looks at a process. */
  static Resources of(long pid) throws IOException {
    jcmd(pid, "GC.run");
    var heap = jcmd(pid, "GC.heap_info");
    try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      var status = Files.readString(Path.of("/proc/" + pid + "/status"));
      return new Resources(
          pid,
          used(heap),
          number(status, "VmRSS"),
          (int) descriptors.count(),
          (int) number(status, "Threads"));
    }
  }

  private static String jcmd(long pid, String command) throws IOException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return Commands.run(List.of(jcmd, String.valueOf(pid), command));
  }

  /** The first number is that of the heap, or of its young part; the old part follows. */
  private static long used(String info) {
    var heap =
        info.substring(0, info.contains("Metaspace") ? info.indexOf("Metaspace") : info.length());
    var mib = USED_MIB.matcher(heap).results().mapToLong(one -> Long.parseLong(one.group(1))).sum();
    var kib = USED.matcher(heap).results().mapToLong(one -> Long.parseLong(one.group(1))).sum();
    return kib + 1024 * mib;
  }

  private static long number(String status, String name) {
    var line = status.lines().filter(one -> one.startsWith(name + ":")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  /**
   * What has grown beyond its limit since the process was young. A heap that is collected now still
   * has what clients hold at the moment, and memory outside of it has the compiler's.
   */
  List<String> grownSince(Resources young) {
    var grown = new ArrayList<String>();
    add(grown, "heap KiB", young.heapKib, heapKib, 16_384);
    add(grown, "resident KiB", young.residentKib, residentKib, 65_536);
    add(grown, "descriptors", young.descriptors, descriptors, 48);
    add(grown, "threads", young.threads, threads, 16);
    return grown;
  }

  private static void add(List<String> grown, String what, long then, long now, long most) {
    if (now - then > most) {
      grown.add("%s from %d to %d, more than %d".formatted(what, then, now, most));
    }
  }
}
