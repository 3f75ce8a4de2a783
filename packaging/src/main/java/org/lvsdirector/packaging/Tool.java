// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program of the JDK, or the director command, and waits for it. */
final class Tool {
  private static final Map<String, String> ALIKE =
      Map.of("LC_ALL", "C.UTF-8", "PATH", "/usr/bin:/bin", "TZ", "UTC");

  private Tool() {}

  /** A program of the JDK that runs this. */
  static Path ofJdk(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /**
   * Runs a program in a folder.
   *
   * @return what it printed on both streams
   * @throws IOException when it says that it failed
   */
  static String run(Path folder, List<String> command) throws IOException {
    return finish(command, builder(folder, command));
  }

  /**
   * Runs a program whose result must not depend on who runs it: it is told nothing of this process'
   * environment, and has one language, one encoding and one time zone.
   *
   * @return what it printed on both streams
   * @throws IOException when it says that it failed
   */
  static String runAlike(Path folder, List<String> command) throws IOException {
    var builder = builder(folder, command);
    builder.environment().clear();
    builder.environment().putAll(ALIKE);
    return finish(command, builder);
  }

  private static ProcessBuilder builder(Path folder, List<String> command) {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
  }

  private static String finish(List<String> command, ProcessBuilder builder) throws IOException {
    var process = builder.start();
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed:\n" + printed);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return printed;
  }
}
