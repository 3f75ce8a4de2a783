package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a program of the JDK, or the director command, and waits for it. */
final class Tool {
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
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
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
