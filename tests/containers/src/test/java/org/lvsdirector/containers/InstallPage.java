// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The commands of {@code docs/install.md}: lines in fenced blocks, below a heading. Words behind
 * the fence say where they are run: {@code deb} or {@code rpm} (else for both packages), and {@code
 * both}, {@code one}, {@code other} or {@code witness}.
 */
final class InstallPage {
  private static final String FENCE = "```";
  private static final Set<String> PACKAGES = Set.of("deb", "rpm");

  private final List<Command> commands = new ArrayList<>();
  private final Set<Command> taken = ConcurrentHashMap.newKeySet();

  private record Command(String heading, Set<String> words, String line) {
    private boolean isFor(String part, String packaged, String where) {
      var isForPackage = words.contains(packaged) || words.stream().noneMatch(PACKAGES::contains);
      return heading.contains(part) && isForPackage && words.contains(where);
    }
  }

  /** Reads the page. */
  InstallPage(Path file) throws IOException {
    var heading = "";
    var words = Set.<String>of();
    var isInside = false;
    for (var line : Files.readAllLines(file)) {
      if (line.startsWith(FENCE)) {
        isInside = !isInside;
        words = Set.of(line.substring(FENCE.length()).split(" "));
      } else if (isInside) {
        commands.add(new Command(heading, words, line));
      } else if (line.startsWith("## ")) {
        heading = line;
      }
    }
  }

  /**
   * The commands below a heading, as one script.
   *
   * @param heading words of the heading
   * @param packaged {@code deb} or {@code rpm}
   * @param where {@code both}, {@code one}, {@code other} or {@code witness}
   */
  String script(String heading, String packaged, String where) {
    var found = commands.stream().filter(one -> one.isFor(heading, packaged, where)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("nothing of " + heading + " for " + where);
    }
    taken.addAll(found);
    return String.join("\n", found.stream().map(Command::line).toList());
  }

  /** Commands that no script had. */
  List<String> left() {
    return commands.stream().filter(one -> !taken.contains(one)).map(Command::toString).toList();
  }
}
