// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * What was done with packages: a line for each step, in a file that is shown when all tests have
 * run.
 */
public final class StepTable {
  private final Path file;

  /** An empty one. */
  public StepTable(Path file) throws IOException {
    this.file = file;
    Files.deleteIfExists(file);
  }

  /** What a step does. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /** What a client saw meanwhile. */
  @FunctionalInterface
  public interface Seen {
    /** Tells it, when the step is done. */
    String text() throws IOException;
  }

  /** Does a step, and writes how it went. */
  public void step(String what, String packaged, Work work, Seen seen) throws IOException {
    var began = System.nanoTime();
    var outcome = "failed";
    var outage = "-";
    try {
      work.run();
      outage = seen.text();
      outcome = "ok";
    } finally {
      var seconds = (System.nanoTime() - began) / 1e9;
      add(
          String.format(
              Locale.ROOT,
              "%-34s %-12s %-7s %6.1f s   %s%n",
              what,
              packaged,
              outcome,
              seconds,
              outage));
    }
  }

  private synchronized void add(String line) throws IOException {
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.print(line);
  }
}
