// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the kernel's settings; proc_sys(5). */
public final class Sysctl {
  private static final int LONGEST_BYTES = 4096;

  private Sysctl() {}

  /**
   * The whole text of a setting's file, without blanks around it. Read in one go: of a number the
   * kernel gives only what the first read asks for.
   */
  public static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = new byte[LONGEST_BYTES];
      var length = Math.max(0, in.read(bytes));
      return new String(bytes, 0, length, StandardCharsets.US_ASCII).strip();
    }
  }
}
