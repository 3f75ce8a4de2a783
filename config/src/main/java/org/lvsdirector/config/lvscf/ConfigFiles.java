// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.file.DiskIncludes;
import org.lvsdirector.config.file.TextFile;
import org.lvsdirector.config.lvscf.syntax.IncludedFiles;
import org.lvsdirector.config.lvscf.syntax.Source;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.FileText;

/** Reads configuration files from disk. */
public final class ConfigFiles {

  private ConfigFiles() {}

  /**
   * Reads and parses an lvs.cf with the files that it includes; a file that cannot be read is a
   * problem like any other. Names of hosts are not looked up.
   */
  public static LvsCf.Parsed lvsCf(Path file) {
    return lvsCf(file, NameResolver.LITERALS_ONLY);
  }

  /**
   * Like {@link #lvsCf(Path)}.
   *
   * @param names looks up host and service names
   */
  public static LvsCf.Parsed lvsCf(Path file, NameResolver names) {
    return readLvsCf(file, names).parsed().withDigest();
  }

  /**
   * Reads an lvs.cf like {@link #lvsCf(Path, NameResolver)}, for what there is to tell of it alone,
   * which is sooner known.
   */
  public static LvsCf.Verdict check(Path file, NameResolver names) {
    return readLvsCf(file, names).parsed().verdict();
  }

  /** Reads an lvs.cf and tells every setting that is in force with its origin. */
  public static Effective effective(Path file, NameResolver names) {
    return Effective.of(readLvsCf(file, names));
  }

  /** The text of an lvs.cf; null when it cannot be read. */
  public static @Nullable String text(Path file) {
    return TextFile.readLvsCf(file).text();
  }

  /** The files that an lvs.cf is read from: itself, and what it includes, in that order. */
  public static List<Path> files(Path file) {
    var text = TextFile.readLvsCf(file).text();
    var noted = new NotedIncludes(new LinkedHashSet<>(List.of(file)));
    if (text != null) {
      LvsCf.read(new Source(file.toString(), text, noted), NameResolver.LITERALS_ONLY);
    }
    return List.copyOf(noted.files);
  }

  /** Included files on disk, with a note of which were read. */
  private record NotedIncludes(Set<Path> files) implements IncludedFiles {
    private static final IncludedFiles DISK = new DiskIncludes();

    @Override
    public @Nullable List<String> matching(String pattern, String includingFile) {
      return DISK.matching(pattern, includingFile);
    }

    @Override
    public String identity(String file) {
      return DISK.identity(file);
    }

    @Override
    public FileText read(String file) {
      files.add(Path.of(file));
      return DISK.read(file);
    }
  }

  private static LvsCf.Read readLvsCf(Path file, NameResolver names) {
    var content = TextFile.readLvsCf(file);
    var text = content.text();
    return text == null
        ? new LvsCf.Read(new LvsCf.Parsed(null, content.problems(), List.of()), null)
        : LvsCf.read(
            new Source(file.toString(), text, new DiskIncludes()), names, content.problems());
  }
}
