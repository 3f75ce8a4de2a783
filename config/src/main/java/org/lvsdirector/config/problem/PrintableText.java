// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text from outside, of files, machines or programs, as it may be shown in a message or a log. */
public final class PrintableText {
  private static final int MAX_LENGTH = 60;

  private PrintableText() {}

  /** The text between apostrophes, shortened, and without anything a terminal would act on. */
  public static String quoted(String text) {
    var end = Math.min(text.length(), MAX_LENGTH);
    return "'" + printable(text.substring(0, end)) + (end < text.length() ? "..." : "") + "'";
  }

  /** The text with each control or formatting character replaced by one visible character. */
  public static String printable(String text) {
    if (isAscii(text)) {
      return text;
    }
    var shown = new StringBuilder(text.length());
    text.codePoints().map(PrintableText::visible).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /** Text of several lines, each of them printable. */
  public static String lines(String text) {
    return isAscii(text)
        ? text
        : Stream.of(text.split("\n", -1))
            .map(PrintableText::printable)
            .collect(Collectors.joining("\n"));
  }

  private static boolean isAscii(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static int visible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint < 0x20 ? 0x2400 + codePoint : 0xfffd;
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          0xfffd;
      default -> codePoint;
    };
  }
}
