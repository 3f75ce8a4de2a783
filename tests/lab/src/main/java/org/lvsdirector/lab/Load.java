// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/** Processes that do nothing but use processor time. */
final class Load implements Closeable {
  private final List<Process> processes = new ArrayList<>();

  private Load() {}

  /** Starts so many. They end with this program, since they read from it. */
  static Load start(int number) throws java.io.IOException {
    var load = new Load();
    for (var i = 0; i < number; i++) {
      load.processes.add(
          new ProcessBuilder("sh", "-c", "(while :; do :; done) & cat >/dev/null; kill -9 $!")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    return load;
  }

  @Override
  public void close() throws java.io.IOException {
    for (var process : processes) {
      process.getOutputStream().close();
      process.onExit().join();
    }
  }
}
