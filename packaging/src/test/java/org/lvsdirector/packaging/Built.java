// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the build has made before these tests. */
final class Built {
  static final Path TARGET = Path.of("target").toAbsolutePath();
  static final Path PROJECT = TARGET.resolve("../..").normalize();
  static final Path HOME = TARGET.resolve("lvs-director");
  static final Path DEB = only(TARGET, "lvs-director_*.deb");
  static final Path RPM = only(TARGET, "lvs-director-*.rpm");
  static final Path LATER_DEB = only(TARGET.resolve("later"), "lvs-director_*.deb");
  static final Path LATER_RPM = only(TARGET.resolve("later"), "lvs-director-*.rpm");
  static final StepTable TABLE = table();
  static final Instant TIME = Instant.parse(System.getProperty("build.time", ""));
  static final String VERSION = System.getProperty("build.version", "");

  private Built() {}

  private static StepTable table() {
    try {
      return new StepTable(TARGET.resolve("steps.txt"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path only(Path folder, String glob) {
    try (var files = Files.newDirectoryStream(folder, glob)) {
      var found = new java.util.ArrayList<Path>();
      files.forEach(found::add);
      if (found.size() != 1) {
        throw new IllegalStateException("not one " + glob + " in " + folder + ": " + found);
      }
      return found.getFirst();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Runs a program; what it says on both streams, also when it fails. */
  static String run(String... command) throws IOException {
    return Tool.run(TARGET, List.of(command));
  }
}
