// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Whole numbers as C's strtol reads them with base 0: decimal, 0x hexadecimal, 0 octal. */
public final class Numbers {
  private static final int MAX_DIGITS = 40;

  private Numbers() {}

  /**
   * A number that was read.
   *
   * @param value the value; the nearest {@code long} when it is larger than any
   * @param isOctal whether a leading zero changed its value
   */
  record Read(long value, boolean isOctal) {}

  /** Reads a number; null when it is none. */
  public static @Nullable Read read(String text) {
    var isNegative = text.startsWith("-");
    var first = isNegative || text.startsWith("+") ? 1 : 0;
    var isHexadecimal = text.startsWith("0x", first) || text.startsWith("0X", first);
    var isOctal = !isHexadecimal && text.startsWith("0", first) && text.length() > first + 1;
    var radix = isHexadecimal ? 16 : isOctal ? 8 : 10;
    var value = value(text, isHexadecimal ? first + 2 : first, radix);
    if (value < 0) {
      return null;
    }
    return new Read(isNegative ? -value : value, isOctal && value > 7);
  }

  /** The digits from {@code first} on as a number, at most the largest there is; -1 for others. */
  private static long value(String text, int first, int radix) {
    if (first == text.length() || text.length() > MAX_DIGITS) {
      return -1;
    }
    var value = 0L;
    for (var i = first; i < text.length(); i++) {
      var c = text.charAt(i);
      var digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value > (Long.MAX_VALUE - digit) / radix ? Long.MAX_VALUE : value * radix + digit;
    }
    return value;
  }

  /** Whether a number fails only because a leading zero means octal. */
  static boolean isBadOctal(String text) {
    return text.matches("[+-]?0[0-9]+") && read(text) == null;
  }

  /** Reads a number of a statement and tells what is odd or wrong with it; null when it is none. */
  static @Nullable Long tell(Token word, Problems problems) {
    var read = read(word.text());
    if (read == null) {
      problems.report(
          ProblemCode.NOT_A_NUMBER,
          word,
          PrintableText.quoted(word.text()) + " is not a whole number",
          isBadOctal(word.text())
              ? "a leading zero means octal: write it without"
              : "write digits alone, such as 10");
      return null;
    }
    tellOfOctal(word, read, problems);
    return read.value();
  }

  static void tellOfOctal(Token word, Read read, Problems problems) {
    if (read.isOctal()) {
      problems.report(
          ProblemCode.ODD_NUMBER,
          word,
          PrintableText.quoted(word.text()) + " is octal and means " + read.value(),
          "write " + read.value() + " if that is meant, or leave the leading zero out");
    }
  }
}
