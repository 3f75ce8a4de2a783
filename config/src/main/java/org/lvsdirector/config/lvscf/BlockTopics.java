// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** What there is to say of blocks and of {@code include}, for a terminal. */
final class BlockTopics {
  static final String INCLUDE = "include";
  private static final int WIDTH = 78;

  private BlockTopics() {}

  /** The words that there is something to say of. */
  static List<String> words() {
    var words = new ArrayList<>(Scope.words());
    words.add(INCLUDE);
    return words;
  }

  /** What a word means; empty for one that is no block. */
  static String of(String word) {
    if (word.equals(INCLUDE)) {
      return """
      include PATTERN, anywhere
        Reads the files that match in its place, in the order of their names. The pattern is
        relative to the folder of the file that it stands in, and may have * ? [a-z] {a,b}. An
        included file holds whole blocks or statements. At most 8 files deep, 1000 in all.
        example  include lvs.d/*.cf
      """;
    }
    var scope = Scope.opening(word);
    return scope == null ? "" : block(scope);
  }

  private static String block(Scope scope) {
    var parents = scope.parents().stream().map(Scope::where).collect(Collectors.joining(" and "));
    return "%s NAME {, %s\n%s\n%s".formatted(scope.word(), parents, meaning(scope), words(scope));
  }

  private static String meaning(Scope scope) {
    return switch (scope) {
      case GLOBAL -> "";
      case VIRTUAL ->
          """
            One address and port that the active director serves, with the real servers behind it.
            It counts only with active = 1, and needs an address. The port goes before the server
            blocks.\
          """;
      case SERVER ->
          """
            One real server of the virtual block around it. It counts only with active = 1, and
            needs an address.\
          """;
      case LINK ->
          """
            A further way for the heartbeats between the two directors; it needs both ends. The
            partner is dead when every link is silent for deadtime.\
          """;
      case FAILOVER ->
          """
            A service that runs on the active director itself. It counts only with active = 1 and,
            at top level, service = fos, and needs an address, start_cmd and stop_cmd.\
          """;
    };
  }

  private static String words(Scope scope) {
    var text = new StringBuilder("  takes    ");
    var indent = text.length();
    var column = indent;
    for (var word : Catalogue.words(scope)) {
      if (column + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
      }
      text.append(word).append(' ');
      column += word.length() + 1;
    }
    return text.toString().stripTrailing() + "\n";
  }
}
