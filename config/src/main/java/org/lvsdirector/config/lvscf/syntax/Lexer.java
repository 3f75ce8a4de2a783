// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/**
 * Splits one line into words.
 *
 * <p>Blanks are space and tab. A word that begins with {@code "} or {@code '} goes to the same
 * quote; a backslash keeps the quote behind it from closing, if another one closes the word later.
 * {@code #} at the beginning of a word starts a comment.
 *
 * <p>One lexer reads the lines of a file one after the other.
 */
public final class Lexer {
  private final Problems problems;
  private final WordPool pool = new WordPool();
  private final List<Token> words = new ArrayList<>();
  private Line line = Line.of("");
  private String source = "";
  private boolean isBroken;
  private boolean hasToldOfBlank;
  private int at;
  private int end;

  public Lexer(Problems problems) {
    this.problems = problems;
  }

  /** The words of a line in order, without the comment. The next call overwrites them. */
  public List<Token> words(Line next) {
    line = next;
    source = next.source();
    at = next.start();
    end = next.end();
    isBroken = false;
    hasToldOfBlank = false;
    words.clear();
    run();
    return words;
  }

  /** Whether a quote of the last line went wrong, so that words are missing or uncertain. */
  boolean isBroken() {
    return isBroken;
  }

  private void run() {
    while (true) {
      while (at < end && isBlank(source.charAt(at))) {
        at++;
      }
      if (at == end) {
        return;
      }
      var c = source.charAt(at);
      if (c == '#' && !isWordWithHash()) {
        return;
      }
      if (c == '"' || c == '\'') {
        quotedWord(c);
      } else {
        plainWord();
      }
    }
  }

  /**
   * Piranha knew no trailing comments, so {@code expect = #OK} and {@code virtual #1} are words.
   */
  private boolean isWordWithHash() {
    var isValue = words.size() == 2 && words.get(1).is("=");
    var behind = endOfWord(at);
    if (behind == at + 1 || !isValue && words.size() != 1) {
      return false;
    }
    var rest = source.substring(behind, end).strip();
    return rest.equals(isValue ? "" : "{");
  }

  private void plainWord() {
    var behind = endOfWord(at);
    if (behind == at) {
      oddBlank();
    } else {
      add(behind, pool.word(source, at, behind), Token.NO_QUOTE);
    }
  }

  private void quotedWord(char quote) {
    var close = closingQuote(quote);
    if (close < 0) {
      isBroken = true;
      problems.report(
          ProblemCode.QUOTE,
          at(at, end, quote),
          "the quote " + quote + " is never closed",
          "end the value with another " + quote + " on the same line");
      at = end;
      return;
    }
    var glued = endOfWord(close + 1);
    if (glued > close + 1) {
      isBroken = true;
      problems.report(
          ProblemCode.QUOTE,
          at(close + 1, glued, Token.NO_QUOTE),
          PrintableText.quoted(source.substring(close + 1, glued))
              + " is glued to the closing quote",
          "put a blank after the quote, or move the quote to the end");
    }
    add(close + 1, pool.word(source, at + 1, close), quote);
    at = glued;
  }

  private int closingQuote(char quote) {
    for (var i = at + 1; i < end; i++) {
      var c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i;
      }
    }
    return source.indexOf(quote, at + 1, end);
  }

  /** Adds the word from here to before {@code behind}. */
  private void add(int behind, String word, char quote) {
    words.add(new Token(line, at - line.start(), behind - line.start(), word, quote));
    at = behind;
  }

  /** A stretch of the line, to point at. */
  private Token at(int from, int to, char quote) {
    return new Token(line, from - line.start(), to - line.start(), "", quote);
  }

  private int endOfWord(int from) {
    var behind = from;
    while (behind < end && isOfWord(source.charAt(behind))) {
      behind++;
    }
    return behind;
  }

  private static boolean isOfWord(char c) {
    return c > ' ' && c < 0x7f || !isBlank(c) && !isOddBlank(c);
  }

  /** Told once for a line, and otherwise taken as the blank that it looks like. */
  private void oddBlank() {
    if (!hasToldOfBlank) {
      problems.report(
          ProblemCode.ODD_BLANK,
          at(at, at + 1, Token.NO_QUOTE),
          "a blank that separates nothing: U+%04X".formatted((int) source.charAt(at)),
          "type a plain space over it; only spaces and tabs are blanks");
    }
    hasToldOfBlank = true;
    at++;
  }

  /** What looks like a blank, or like nothing at all, and is neither space nor tab. */
  private static boolean isOddBlank(char c) {
    return c > 0x7e
        ? Character.isSpaceChar(c) || c == '\u200b' || c == '\ufeff'
        : c == '\f' || c == 0x0b;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
