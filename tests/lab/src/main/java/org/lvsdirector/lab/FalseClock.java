// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A wall clock of one process that can be stepped while it runs: libfaketime between the process
 * and its C library. The kernel has one wall clock for all namespaces, so that stepping it would
 * step the machine's. The monotonic clock is left alone, as a step leaves it alone.
 */
final class FalseClock {
  /** How long a new offset may take to count. */
  static final long DELAY_NANOS = 1_500_000_000L;

  private FalseClock() {}

  /**
   * The environment of such a process.
   *
   * @param file holds the offset in seconds, such as {@code +3600}; read again each second
   */
  static Map<String, String> environment(Path file) throws IOException {
    return Map.of(
        "LD_PRELOAD",
        library().toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Its own remedy for waits on that clock makes most of them return at once.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0",
        "FAKETIME_DONT_RESET",
        "1");
  }

  private static Path library() throws IOException {
    try (var folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new IOException("no libfaketime: install the package faketime"));
    }
  }
}
