package org.lvsdirector.director;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the kernel and the system say of themselves in files.
 *
 * @param root {@code /}, or what stands for it
 */
record MachineFiles(Path root) {
  private static final int LONGEST_SETTING_BYTES = 4096;

  /** The text of a file, without blanks around it; empty when it cannot be read. */
  Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)).strip());
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  /**
   * A kernel setting by its dotted name; empty when this kernel does not have it. Read at once: of
   * a number the kernel gives only what fits the first read.
   */
  Optional<String> sysctl(String name) {
    try (var in = Files.newInputStream(root.resolve("proc/sys/" + name.replace('.', '/')))) {
      var bytes = new byte[LONGEST_SETTING_BYTES];
      var length = Math.max(0, in.read(bytes));
      return Optional.of(new String(bytes, 0, length, StandardCharsets.US_ASCII).strip());
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  /** The names in a folder, sorted. */
  List<String> names(String folder) {
    try (Stream<Path> entries = Files.list(root.resolve(folder))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /** What follows a word at the beginning of a line of a file. */
  Optional<String> field(String path, String word) {
    return text(path)
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith(word))
                    .findFirst()
                    .map(line -> line.substring(word.length()).strip()));
  }
}
