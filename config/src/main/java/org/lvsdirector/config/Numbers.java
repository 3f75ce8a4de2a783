package org.lvsdirector.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whole numbers as C's strtol reads them with base 0: decimal, 0x hexadecimal, 0 octal. */
final class Numbers {
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|0([0-7]+)|(0|[1-9][0-9]*))");
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
  static @Nullable Read read(String text) {
    if (text.length() > MAX_DIGITS) {
      return null;
    }
    var match = NUMBER.matcher(text);
    if (!match.matches()) {
      return null;
    }
    var isNegative = match.group(1).equals("-");
    var hexadecimal = match.group(2);
    if (hexadecimal != null) {
      return new Read(value(hexadecimal, 16, isNegative), false);
    }
    var octal = match.group(3);
    if (octal != null) {
      return new Read(value(octal, 8, isNegative), value(octal, 8, false) > 7);
    }
    return new Read(value(match.group(4), 10, isNegative), false);
  }

  private static long value(String digits, int radix, boolean isNegative) {
    try {
      var value = Long.parseLong(digits, radix);
      return isNegative ? -value : value;
    } catch (NumberFormatException e) {
      return isNegative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
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
          Shown.quoted(word.text()) + " is not a whole number",
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
          Shown.quoted(word.text()) + " is octal and means " + read.value(),
          "write " + read.value() + " if that is meant, or leave the leading zero out");
    }
  }
}
