package org.lvsdirector.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line into words.
 *
 * <p>Blanks are space and tab. A word that begins with {@code "} or {@code '} goes to the same
 * quote; a backslash keeps the quote behind it from closing, if another one closes the word later.
 * {@code #} at the beginning of a word starts a comment.
 */
final class Lexer {
  private final Line line;
  private final String text;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>(4);
  private boolean isBroken;
  private boolean hasToldOfBlank;
  private int at;

  private Lexer(Line line, Problems problems) {
    this.line = line;
    this.text = line.text();
    this.problems = problems;
  }

  /**
   * The words of a line.
   *
   * @param tokens in order, without the comment
   * @param isBroken whether a quote went wrong, so that words are missing or uncertain
   */
  record Words(List<Token> tokens, boolean isBroken) {}

  static Words words(Line line, Problems problems) {
    var lexer = new Lexer(line, problems);
    lexer.run();
    return new Words(lexer.tokens, lexer.isBroken);
  }

  private void run() {
    while (true) {
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        return;
      }
      var c = text.charAt(at);
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
    var end = endOfWord(at);
    var rest = text.substring(end).strip();
    if (end == at + 1) {
      return false;
    }
    return tokens.size() == 2 && tokens.get(1).is("=") && rest.isEmpty()
        || tokens.size() == 1 && rest.equals("{");
  }

  private void plainWord() {
    var end = endOfWord(at);
    if (isOddBlank(text.charAt(at))) {
      oddBlank();
      return;
    }
    add(at, end, text.substring(at, end), Token.NO_QUOTE);
  }

  private void quotedWord(char quote) {
    var close = closingQuote(quote);
    if (close < 0) {
      isBroken = true;
      problems.report(
          ProblemCode.QUOTE,
          new Token(line, at, text.length(), "", quote),
          "the quote " + quote + " is never closed",
          "end the value with another " + quote + " on the same line");
      at = text.length();
      return;
    }
    var glued = endOfWord(close + 1);
    if (glued > close + 1) {
      isBroken = true;
      problems.report(
          ProblemCode.QUOTE,
          new Token(line, close + 1, glued, "", Token.NO_QUOTE),
          Shown.quoted(text.substring(close + 1, glued)) + " is glued to the closing quote",
          "put a blank after the quote, or move the quote to the end");
    }
    add(at, close + 1, text.substring(at + 1, close), quote);
    at = glued;
  }

  private int closingQuote(char quote) {
    for (var i = at + 1; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i;
      }
    }
    return text.indexOf(quote, at + 1);
  }

  private void add(int start, int end, String word, char quote) {
    tokens.add(new Token(line, start, end, word, quote));
    at = end;
  }

  private int endOfWord(int from) {
    var end = from;
    while (end < text.length() && !isBlank(text.charAt(end)) && !isOddBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Told once for a line, and otherwise taken as the blank that it looks like. */
  private void oddBlank() {
    if (!hasToldOfBlank) {
      problems.report(
          ProblemCode.ODD_BLANK,
          new Token(line, at, at + 1, "", Token.NO_QUOTE),
          "a blank that separates nothing: U+%04X".formatted((int) text.charAt(at)),
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
