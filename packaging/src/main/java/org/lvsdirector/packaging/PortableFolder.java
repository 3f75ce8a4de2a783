// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.lvsdirector.director.Main;

/**
 * The director as a folder that runs wherever it stands: bin, lib, jre, etc and share. Packages are
 * made of it.
 *
 * @param project the project's root folder
 * @param home where to make it
 * @param time what all files are dated
 */
record PortableFolder(Path project, Path home, Instant time) {

  /** Makes it. */
  void make(List<Path> classPath, String version) throws IOException {
    new Libraries(home.resolve("lib"), time).take(classPath);
    new Bom(home, time, version).write(jars(classPath), home.resolveSibling("bom.json"));
    new RuntimeImage(home.resolve("jre"), time).make();
    Tree.copy(
        project.resolve("packaging/src/main/dist/bin/director"),
        home.resolve("bin/director"),
        true);
    copy(project.resolve("etc"), home.resolve("etc"));
    share(version);
    new ClassArchive(home, time).make(project.resolve("packaging/src/main/archive"));
  }

  private static List<Path> jars(List<Path> classPath) {
    return classPath.stream().filter(OldClasses::isJar).toList();
  }

  private void share(String version) throws IOException {
    var share = home.resolve("share");
    Tree.delete(share);
    var command = Main.commandLine();
    var date = LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    new ManualPages(date, version).write(command, share.resolve("man/man8"));
    for (var name : List.of("lvs.cf.5", "director.conf.5")) {
      Tree.copy(
          project.resolve("docs/man").resolve(name), share.resolve("man/man5/" + name), false);
    }
    new Completions(command).write(share.resolve("completion"));
    Tree.setTime(share, time);
  }

  private static void copy(Path from, Path to) throws IOException {
    Tree.delete(to);
    for (var path : Tree.below(from)) {
      if (Files.isRegularFile(path)) {
        Tree.copy(path, to.resolve(from.relativize(path).toString()), false);
      }
    }
  }
}
