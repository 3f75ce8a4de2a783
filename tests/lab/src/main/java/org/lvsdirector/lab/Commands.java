// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands, run to their end. */
final class Commands {
  private static final int PATIENCE_SECONDS = 30;

  private Commands() {}

  /** Runs a command and returns its output; fails with what it said when it fails. */
  static String run(List<String> words) throws IOException {
    return feed("", words);
  }

  /** The same with something on its standard input. */
  static String feed(String input, List<String> words) throws IOException {
    var in = Files.createTempFile("lvs-lab", ".in");
    var out = Files.createTempFile("lvs-lab", ".out");
    try {
      Files.writeString(in, input);
      var process =
          new ProcessBuilder(words)
              .redirectInput(in.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      return outcome(process, words, out);
    } finally {
      Files.deleteIfExists(in);
      Files.deleteIfExists(out);
    }
  }

  private static String outcome(Process process, List<String> words, Path out) throws IOException {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException("no end within " + PATIENCE_SECONDS + " s: " + words);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
    var said = Files.readString(out, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException(words + " ended with " + process.exitValue() + ": " + said.strip());
    }
    return said;
  }
}
