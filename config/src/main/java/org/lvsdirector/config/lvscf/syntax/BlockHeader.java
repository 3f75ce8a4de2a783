// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.List;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/**
 * A line that opens a block: its kind, its name, a brace.
 *
 * @param name the block's name, empty when it is missing
 * @param at what to point at
 * @param isBroken whether a mistake was told, so that a missing end need not be told as well
 * @param isBraceMissing whether the opening brace may still come on the next line
 * @param isClosed whether the block is closed on the same line
 */
record BlockHeader(
    String name, Token at, boolean isBroken, boolean isBraceMissing, boolean isClosed) {

  /** Reads the line; takes what it most probably means when it is not right. */
  static BlockHeader read(Scope scope, List<Token> words, boolean isBroken, Problems problems) {
    var first = words.getFirst();
    if (!first.is(scope.word())) {
      problems.report(ProblemCode.MISSING_VALUE, first, "the block has no name", usage(scope));
      return new BlockHeader("", first, true, false, false);
    }
    if (words.size() == 3 && words.get(2).is("{") && !words.get(1).is("{")) {
      return new BlockHeader(words.get(1).text(), words.get(1), isBroken, false, false);
    }
    return isBroken
        ? new BlockHeader("", first, true, true, false)
        : repaired(scope, words, problems);
  }

  private static BlockHeader repaired(Scope scope, List<Token> words, Problems problems) {
    var first = words.getFirst();
    var brace = indexOfBrace(words);
    if (words.size() == 1 || brace == 1) {
      problems.report(ProblemCode.MISSING_VALUE, first, "the block has no name", usage(scope));
      return new BlockHeader("", first, true, brace < 0, false);
    }
    var name = words.get(1);
    if (brace < 0) {
      return withoutBrace(scope, words, problems);
    }
    if (brace > 2) {
      problems.report(
          ProblemCode.UNEXPECTED_WORDS,
          words.get(2),
          "the name of a block is one word",
          "put it in quotes: " + scope.word() + " \"" + joined(words, brace) + "\" {");
      return new BlockHeader(joined(words, brace), name, true, false, false);
    }
    problems.report(
        ProblemCode.UNEXPECTED_WORDS,
        words.get(3),
        "nothing but a comment may follow the opening brace",
        "put it on a line of its own");
    return new BlockHeader(name.text(), name, true, false, words.getLast().is("}"));
  }

  private static BlockHeader withoutBrace(Scope scope, List<Token> words, Problems problems) {
    var name = words.get(1);
    var last = words.getLast();
    var isGlued = !last.isQuoted() && last.text().endsWith("{");
    problems.report(
        ProblemCode.MISSING_VALUE,
        last,
        isGlued ? "no blank before the opening brace" : "the opening brace is missing",
        isGlued ? usage(scope) : "write it at the end of this line: " + usage(scope));
    var text = name.text();
    var shown = isGlued && words.size() == 2 ? text.substring(0, text.length() - 1) : text;
    return new BlockHeader(shown, name, true, !isGlued, false);
  }

  private static int indexOfBrace(List<Token> words) {
    for (var i = 1; i < words.size(); i++) {
      if (words.get(i).is("{")) {
        return i;
      }
    }
    return -1;
  }

  private static String joined(List<Token> words, int end) {
    return String.join(" ", words.subList(1, end).stream().map(Token::text).toList());
  }

  private static String usage(Scope scope) {
    return scope.word() + " NAME {";
  }
}
