// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of the guest, which root runs. */
final class Guest {
  private Guest() {}

  /** Whether its kernel has a module, loaded or not. */
  static boolean hasModule(String name) {
    return run("sh", "-c", "modinfo -n " + name + " 2>&1 || :").contains(".ko");
  }

  /**
   * What a command prints, errors included.
   *
   * @throws AssertionError when its status is not 0
   */
  static String run(String... words) {
    try {
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var status = process.waitFor();
      if (status != 0) {
        throw new AssertionError(List.of(words) + " ended with " + status + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(List.of(words) + " was interrupted", e);
    }
  }
}
