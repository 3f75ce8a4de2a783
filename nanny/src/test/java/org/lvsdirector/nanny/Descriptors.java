// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** File descriptors of this process, all of them taken until it is closed. */
final class Descriptors implements AutoCloseable {
  private static final int LOW_LIMIT = 1024;
  private final Deque<FileInputStream> taken = new ArrayDeque<>();

  private Descriptors() {}

  static Descriptors exhausted() throws IOException, InterruptedException {
    var self = Long.toString(ProcessHandle.current().pid());
    var lowering = new ProcessBuilder("prlimit", "--pid", self, "--nofile=" + LOW_LIMIT + ":");
    if (lowering.start().waitFor() != 0) {
      throw new IOException("prlimit");
    }
    var descriptors = new Descriptors();
    while (true) {
      try {
        descriptors.taken.add(new FileInputStream("/dev/null"));
      } catch (IOException _) {
        return descriptors;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (var stream : taken) {
      stream.close();
    }
  }
}
