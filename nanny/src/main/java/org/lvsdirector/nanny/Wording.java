// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.time.Duration;

/** How results are put into words. Pure. */
final class Wording {
  private static final int SHOWN_CHARS = 60;

  private Wording() {}

  /** Bytes in quotes, everything but printable ASCII escaped, cut after 60 of them. */
  static String quote(CharSequence bytes) {
    var text = new StringBuilder("'");
    var shown = Math.min(bytes.length(), SHOWN_CHARS);
    for (var i = 0; i < shown; i++) {
      text.append(escaped(bytes.charAt(i)));
    }
    return text.append(shown < bytes.length() ? "..." : "").append('\'').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      case '\'' -> "\\'";
      default -> c >= ' ' && c <= '~' ? String.valueOf(c) : hex(c);
    };
  }

  /** Cheap, since a server may answer with nothing else. */
  private static String hex(char c) {
    return (c < 0x10 ? "\\x0" : "\\x") + Integer.toHexString(c);
  }

  /** {@code 250 ms}, {@code 2.5 s}. */
  static String duration(Duration timeout) {
    var millis = timeout.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    return (millis % 1000 == 0 ? String.valueOf(millis / 1000) : String.valueOf(millis / 1000.0))
        + " s";
  }

  /** An exception's text without a capital letter, or its name when it has none; printable. */
  static String reason(Throwable exception) {
    var message = exception.getMessage();
    var text = message == null || message.isBlank() ? exception.getClass().getName() : message;
    var quoted = quote(text.strip());
    var printable = quoted.substring(1, quoted.length() - 1);
    return message == null || !startsSentence(printable)
        ? printable
        : Character.toLowerCase(printable.charAt(0)) + printable.substring(1);
  }

  private static boolean startsSentence(String text) {
    return text.length() > 1
        && Character.isUpperCase(text.charAt(0))
        && Character.isLowerCase(text.charAt(1));
  }
}
