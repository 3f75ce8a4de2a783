// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.TreeSet;

/** Says where two packages that ought to be equal begin to differ. */
final class PackageDifference {
  private PackageDifference() {}

  /** The first difference of two DEBs or two RPMs, by the path in the package; empty if equal. */
  static String first(Path one, Path other) throws IOException {
    if (Files.mismatch(one, other) < 0) {
      return "";
    }
    var trees = Files.createTempDirectory("packages");
    try {
      var said = firstBelow(unpacked(one, trees.resolve("1")), unpacked(other, trees.resolve("2")));
      return one.getFileName()
          + ": "
          + (said.isEmpty()
              ? "all that is in it is equal, the packages themselves differ from byte "
                  + Files.mismatch(one, other)
              : said);
    } finally {
      Tree.delete(trees);
    }
  }

  private static Path unpacked(Path file, Path to) throws IOException {
    Files.createDirectories(to);
    if (file.toString().endsWith(".deb")) {
      Tool.run(to, List.of("dpkg-deb", "--raw-extract", file.toString(), "."));
    } else {
      var script =
          "rpm2cpio \"$1\" | cpio --quiet --extract --make-directories"
              + " --preserve-modification-time";
      Tool.run(to, List.of("sh", "-ec", script, "sh", file.toString()));
    }
    return to;
  }

  /** The first difference of two folders; empty if they are equal. */
  static String firstBelow(Path one, Path other) throws IOException {
    var names = new TreeSet<String>();
    for (var tree : List.of(one, other)) {
      Tree.below(tree).forEach(path -> names.add(tree.relativize(path).toString()));
    }
    for (var name : names) {
      var said = difference(one.resolve(name), other.resolve(name));
      if (!said.isEmpty()) {
        return "/" + name + " " + said;
      }
    }
    return "";
  }

  private static String difference(Path one, Path other) throws IOException {
    var isInOne = Files.exists(one, LinkOption.NOFOLLOW_LINKS);
    if (isInOne != Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
      return "is only in the " + (isInOne ? "first" : "second");
    }
    var first = attributes(one);
    var second = attributes(other);
    if (!first.equals(second)) {
      return "is " + first + " and " + second;
    }
    var at = Files.isRegularFile(one) ? Files.mismatch(one, other) : -1;
    return at < 0 ? "" : "differs from byte " + at + " of " + Files.size(one);
  }

  private static String attributes(Path file) throws IOException {
    var of = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    var permissions = java.nio.file.attribute.PosixFilePermissions.toString(of.permissions());
    if (of.isSymbolicLink()) {
      return "a link to " + Files.readSymbolicLink(file);
    }
    return of.isDirectory()
        ? "a folder " + permissions
        : "a file %s of %d bytes dated %s".formatted(permissions, of.size(), of.lastModifiedTime());
  }
}
