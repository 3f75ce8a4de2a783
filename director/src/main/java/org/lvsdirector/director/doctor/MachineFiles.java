// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lvsdirector.linux.Sysctl;

/**
 * What the kernel and the system say of themselves in files.
 *
 * @param root {@code /}, or what stands for it
 */
record MachineFiles(Path root) {
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

  /** A kernel setting by its dotted name; empty when this kernel does not have it. */
  Optional<String> sysctl(String name) {
    try {
      return Optional.of(Sysctl.read(root.resolve("proc/sys/" + name.replace('.', '/'))));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  /** A kernel setting that is a number; 0 when it is none, or not there. */
  long number(String sysctl) {
    return sysctl(sysctl)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .orElse(0L);
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
