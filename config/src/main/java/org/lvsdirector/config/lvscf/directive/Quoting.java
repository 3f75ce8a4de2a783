// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.util.List;
import org.lvsdirector.config.lvscf.syntax.Lexer;
import org.lvsdirector.config.lvscf.syntax.Line;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problems;

/** Writes words so that the lexer reads them back. */
public final class Quoting {
  private Quoting() {}

  /** A value as it is if it can stand alone, or in the quotes that suit it. */
  static String quoted(String word) {
    return written(word, "name = ", "");
  }

  /** The name of a block, likewise. */
  public static String name(String word) {
    return written(word, "virtual ", " {");
  }

  /** What reads as the word everywhere, or else where it stands alone between these. */
  private static String written(String word, String before, String after) {
    if (isPlain(word)) {
      return word;
    }
    var forms = List.of(word, '"' + word + '"', "'" + word + "'");
    for (var form : forms) {
      if (reads(form, word, "name = ", " {")) {
        return form;
      }
    }
    for (var form : forms) {
      if (reads(form, word, before, after)) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "cannot be written in lvs.cf: " + PrintableText.quoted(word));
  }

  private static boolean isPlain(String word) {
    for (var i = 0; i < word.length(); i++) {
      var c = word.charAt(i);
      var isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!isLetter && (c < '0' || c > '9') && "._-:/".indexOf(c) < 0) {
        return false;
      }
    }
    return !word.isEmpty();
  }

  private static boolean reads(String written, String word, String before, String after) {
    if (written.isEmpty()
        || "={}".contains(written)
        || written.indexOf('\n') >= 0
        || written.indexOf('\r') >= 0) {
      return false;
    }
    var problems = new Problems("");
    var lexer = new Lexer(problems);
    var count = lexer.words(Line.of(before + "x" + after)).size();
    var at = count - (after.isEmpty() ? 1 : 2);
    var words = lexer.words(Line.of(before + written + after));
    return words.size() == count && words.get(at).text().equals(word) && !problems.hasError();
  }
}
