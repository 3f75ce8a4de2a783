// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that the tests read. */
public final class ExampleFiles {
  /** The top of the source tree; tests run in the folder of their module. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private ExampleFiles() {}

  static String example(String name) {
    try (var in = ExampleFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String installed(String name) {
    try {
      return Files.readString(ROOT.resolve("etc").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
