// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Runs what takes long and does not depend on each other at the same time. */
final class SideBySide {
  private SideBySide() {}

  /**
   * Runs all of them.
   *
   * @return what they returned, in the same order
   */
  static <T> List<T> run(List<Callable<T>> tasks) throws IOException {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var results = new ArrayList<T>();
      for (var running : threads.invokeAll(tasks)) {
        results.add(running.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
