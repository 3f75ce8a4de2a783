// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file that shall be run looks like. */
final class ProgramFile {
  private static final int LOOKED_AT_BYTES = 256;

  private ProgramFile() {}

  /** Whether a shell may be given it: a program of another machine has NUL bytes. */
  static boolean isText(String program) {
    if (!program.contains("/")) {
      return false;
    }
    try (var in = Files.newInputStream(Path.of(program))) {
      var bytes = in.readNBytes(LOOKED_AT_BYTES);
      for (var b : bytes) {
        if (b == 0) {
          return false;
        }
      }
      return bytes.length > 0;
    } catch (IOException _) {
      return false;
    }
  }
}
