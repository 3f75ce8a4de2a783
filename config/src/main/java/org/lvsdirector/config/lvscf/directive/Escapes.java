// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/**
 * The escapes of send and expect: {@code \r \n \t \\ \' \" \xHH}.
 *
 * <p>The result holds one char for each byte; what is not ASCII goes as UTF-8.
 */
public final class Escapes {
  private final Token word;
  private final boolean isRegex;
  private final Problems problems;
  private final StringBuilder bytes = new StringBuilder();
  private boolean isWrong;
  private int at;

  private Escapes(Token word, boolean isRegex, Problems problems) {
    this.word = word;
    this.isRegex = isRegex;
    this.problems = problems;
  }

  /**
   * Translates a word.
   *
   * @param isRegex whether unknown escapes are left to the regular expression, as bytes in ASCII
   * @return null when an escape is wrong, which was told
   */
  public static @Nullable String decode(Token word, boolean isRegex, Problems problems) {
    var escapes = new Escapes(word, isRegex, problems);
    escapes.run();
    return escapes.isWrong ? null : escapes.bytes.toString();
  }

  private void run() {
    var text = word.text();
    while (at < text.length()) {
      if (text.charAt(at) == '\\') {
        escape(text);
      } else {
        var codePoint = text.codePointAt(at);
        utf8(codePoint);
        at += Character.charCount(codePoint);
      }
    }
  }

  private void utf8(int codePoint) {
    for (var b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      add((char) (b & 0xff));
    }
  }

  private void add(char c) {
    var isPlain = c >= ' ' && c < 0x7f || c == '\r' || c == '\n' || c == '\t';
    if (isRegex && !isPlain) {
      bytes.append(hex(c));
    } else {
      bytes.append(c);
    }
  }

  private void escape(String text) {
    var next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    switch (next) {
      case 'r' -> simple('\r');
      case 'n' -> simple('\n');
      case 't' -> simple('\t');
      case '\\', '\'', '"' -> simple(next);
      case 'x' -> hexadecimal(text);
      default -> other(text, next);
    }
  }

  private void simple(char c) {
    bytes.append(c);
    at += 2;
  }

  private void hexadecimal(String text) {
    if (isRegex) {
      simple('\\');
      bytes.append('x');
      return;
    }
    var end = Math.min(at + 4, text.length());
    var digits = text.substring(at + 2, end);
    if (digits.matches("[0-9a-fA-F]{2}")) {
      bytes.append((char) Integer.parseInt(digits, 16));
      at = end;
    } else {
      wrong(2, "\\x takes two hexadecimal digits");
    }
  }

  private void other(String text, char next) {
    if (isRegex && next != 0) {
      bytes.append('\\');
      at++;
      return;
    }
    var length = Math.min(2, text.length() - at);
    wrong(
        length,
        next == 0
            ? "write \\\\ for a backslash"
            : "it knows \\r"
                + " \\n"
                + " \\t \\\\ \\' \\\" \\xHH; write \\\\ for a backslash, or use_regex = 1");
  }

  private void wrong(int length, String advice) {
    isWrong = true;
    var escape = word.part(at, at + length);
    problems.report(
        ProblemCode.INVALID_ESCAPE,
        escape,
        "unknown escape " + PrintableText.quoted(escape.text()),
        advice);
    at += length;
  }

  /** The text in double quotes that {@link #decode} translates back to these bytes. */
  public static String encode(String bytes) {
    var text = new StringBuilder("\"");
    for (var i = 0; i < bytes.length(); i++) {
      var c = bytes.charAt(i);
      switch (c) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        default -> {
          if (c >= ' ' && c < 0x7f) {
            text.append(c);
          } else {
            text.append(hex(c));
          }
        }
      }
    }
    return text.append('"').toString();
  }

  private static String hex(char c) {
    return "\\x" + Character.forDigit(c >> 4, 16) + Character.forDigit(c & 15, 16);
  }
}
