// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Makes the portable folder and the packages; started by the build. */
public final class PackageStep {
  private PackageStep() {}

  /**
   * Runs one step.
   *
   * @param words {@code portable}, {@code train} or {@code packages}; the project's root folder;
   *     the version; the time that all files get; the file with the class path
   */
  public static void main(String[] words) throws IOException {
    var project = Path.of(words[1]).toAbsolutePath().normalize();
    var version = words[2];
    var time = Instant.parse(words[3]);
    var target = project.resolve("packaging/target");
    var home = target.resolve("lvs-director");
    var classPath = Path.of(words[4]);
    switch (words[0]) {
      case "portable" -> new PortableFolder(project, home, time).make(jars(classPath), version);
      case "train" ->
          new Training(home, target.resolve("training"))
              .write(project.resolve("packaging/src/main/archive"));
      case "packages" -> {
        var small = new Packages.Source(project, home, time, Packages.Source.SMALL);
        Packages.write(small, target, version);
        var quick = new Packages.Source(project, home, time, Packages.Source.QUICK);
        Packages.both(quick, target.resolve("later"), Packages.later(version));
      }
      default -> throw new IllegalArgumentException("no such step: " + Arrays.toString(words));
    }
  }

  private static List<Path> jars(Path classPath) throws IOException {
    var text = Files.readString(classPath, StandardCharsets.UTF_8).strip();
    return Arrays.stream(text.split(":")).map(Path::of).toList();
  }
}
