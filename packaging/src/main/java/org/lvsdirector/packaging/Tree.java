// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folders of files that come out the same in each build. */
final class Tree {
  private Tree() {}

  /** Every file and folder below a folder, sorted; not the folder itself. */
  static List<Path> below(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(path -> !path.equals(folder)).sorted().toList();
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failed)
              throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Copies a file; folders on the way are made. */
  static void copy(Path from, Path to, boolean isExecutable) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    setMode(to, isExecutable);
  }

  /** Writes a file; folders on the way are made. */
  static void write(Path to, byte[] content) throws IOException {
    Files.createDirectories(to.getParent());
    Files.write(to, content);
    setMode(to, false);
  }

  private static void setMode(Path file, boolean isExecutable) throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(isExecutable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Gives everything in a folder, and the folder, the same time. */
  static void setTime(Path folder, Instant time) throws IOException {
    for (var path : below(folder)) {
      if (!Files.isSymbolicLink(path)) {
        Files.setLastModifiedTime(path, FileTime.from(time));
      }
    }
    Files.setLastModifiedTime(folder, FileTime.from(time));
  }
}
