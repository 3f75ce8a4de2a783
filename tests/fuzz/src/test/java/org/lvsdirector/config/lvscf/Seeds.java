// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What fuzzing begins with: files that are good, and one text with many small mistakes. */
final class Seeds {
  /** The top of the source tree; tests run in the folder of their module. */
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private Seeds() {}

  /** A file of the source tree. */
  static Arguments file(String name) {
    try {
      return Arguments.of((Object) Files.readAllBytes(ROOT.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parts of a resource between lines {@code ----}. */
  static Stream<Arguments> parts(String resource) {
    try (var in = Seeds.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource);
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^----\n")).map(Seeds::bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Arguments bytes(String text) {
    return Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8));
  }
}
