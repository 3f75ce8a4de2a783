// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.IncludedFiles;
import org.lvsdirector.config.lvscf.syntax.Inclusion;
import org.lvsdirector.config.problem.FileText;

/**
 * Included files on disk. Only regular files are read, so that nothing hangs on a pipe or a device.
 */
public final class DiskIncludes implements IncludedFiles {

  @Override
  public @Nullable List<String> matching(String pattern, String includingFile) {
    try {
      var folder = Path.of(includingFile).toAbsolutePath().getParent();
      var whole = folder == null ? Path.of(pattern) : folder.resolve(pattern);
      var found = expand(whole.normalize());
      return found.stream().map(Path::toString).sorted().toList();
    } catch (InvalidPathException | PatternSyntaxException | IOException _) {
      return null;
    }
  }

  /** Expands one part of the path after the other, as a shell does. */
  private static List<Path> expand(Path pattern) throws IOException {
    var root = pattern.getRoot();
    var found = List.of(root == null ? Path.of("") : root);
    for (var part : pattern) {
      var next = new ArrayList<Path>();
      for (var folder : found) {
        step(folder, part.toString(), next);
      }
      found = next;
    }
    if (found.equals(List.of(pattern))) {
      return Files.exists(pattern) ? found : List.of();
    }
    return found.stream().filter(Files::isRegularFile).limit(Inclusion.MAX_FILES + 1L).toList();
  }

  private static void step(Path folder, String part, List<Path> next) throws IOException {
    if (part.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
      next.add(folder.resolve(part));
      return;
    }
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(folder, part)) {
      for (var entry : entries) {
        var isHidden = entry.getFileName().toString().startsWith(".");
        if (!isHidden || part.startsWith(".")) {
          next.add(entry);
        }
      }
    }
  }

  @Override
  public String identity(String file) {
    try {
      return Path.of(file).toRealPath().toString();
    } catch (IOException | InvalidPathException _) {
      return file;
    }
  }

  @Override
  public FileText read(String file) {
    return TextFile.readLvsCf(Path.of(file));
  }
}
