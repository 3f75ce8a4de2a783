// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The Java that is installed with the director: only the modules that it needs. */
record RuntimeImage(Path folder, Instant time) {
  /**
   * What jdeps finds, without what libraries can use but this program does not: java.desktop and
   * java.sql (Jackson, JGroups), java.scripting, java.security.jgss, jdk.jfr.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.xml",
          "jdk.httpserver",
          "jdk.management",
          "jdk.net",
          "jdk.unsupported");

  /** Makes it, unless it is there already, made of the same JDK and modules. */
  void make() throws IOException {
    var stamp = folder.resolveSibling("." + folder.getFileName() + ".made-of");
    var wanted = System.getProperty("java.vm.version") + " " + MODULES + " " + time;
    if (Files.exists(stamp) && Files.exists(folder) && Files.readString(stamp).equals(wanted)) {
      return;
    }
    Files.deleteIfExists(stamp);
    Tree.delete(folder);
    Files.createDirectories(folder.resolveSibling("lib"));
    Tool.runAlike(
        folder.resolveSibling("lib"),
        List.of(
            Tool.ofJdk("jlink").toString(),
            "--add-modules",
            String.join(",", MODULES),
            // Not compressed: the package is, and starting is quicker.
            "--compress=zip-0",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            folder.toString()));
    Files.deleteIfExists(folder.resolve("lib/jexec"));
    Files.deleteIfExists(folder.resolve("lib/classlist"));
    Files.deleteIfExists(folder.resolve("bin/keytool"));
    Files.deleteIfExists(folder.resolve("bin/jwebserver"));
    Tree.setTime(folder, time);
    Files.write(stamp, wanted.getBytes(StandardCharsets.UTF_8));
  }
}
