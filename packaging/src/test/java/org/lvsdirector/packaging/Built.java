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
  static final Path DEB = only("lvs-director_*.deb");
  static final Path RPM = only("lvs-director-*.rpm");
  static final Instant TIME = Instant.parse(System.getProperty("build.time", ""));
  static final String VERSION = System.getProperty("build.version", "");

  private Built() {}

  /** For packages that are only tried, so quickly made. */
  static Packages.Source source() {
    return new Packages.Source(PROJECT, HOME, TIME, 0);
  }

  private static Path only(String glob) {
    try (var files = Files.newDirectoryStream(TARGET, glob)) {
      var found = new java.util.ArrayList<Path>();
      files.forEach(found::add);
      if (found.size() != 1) {
        throw new IllegalStateException("not one " + glob + " in " + TARGET + ": " + found);
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
