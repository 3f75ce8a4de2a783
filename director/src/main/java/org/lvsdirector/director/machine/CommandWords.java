// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.util.ArrayList;
import java.util.List;

/** The words of a command of lvs.cf that runs on a change, without a shell. Pure. */
public final class CommandWords {
  private CommandWords() {}

  /** Splits a line at blanks; single or double quotes hold words together. */
  public static List<String> of(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quote = '\0';
    var isWord = false;
    for (var i = 0; i < line.length(); i++) {
      var c = line.charAt(i);
      if (quote != '\0' && c == quote) {
        quote = '\0';
      } else if (quote == '\0' && (c == '"' || c == '\'')) {
        quote = c;
        isWord = true;
      } else if (quote == '\0' && Character.isWhitespace(c)) {
        if (isWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
      } else {
        word.append(c);
        isWord = true;
      }
    }
    if (isWord) {
      words.add(word.toString());
    }
    return words;
  }
}
