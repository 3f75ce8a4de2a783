// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files beside the classes of these tests. */
final class Resources {
  private Resources() {}

  /** The text of a file. */
  static String text(String name) throws IOException {
    try (var in = Objects.requireNonNull(Resources.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
