// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.util.Map;

/**
 * Rewrites a POSIX extended regular expression for {@code java.util.regex}.
 *
 * <p>Bracket expressions differ: {@code [[:digit:]]}, a {@code [} or {@code ]} that stands for
 * itself, {@code &&}. Besides, a dot matches every byte. Unlike POSIX, a backslash escapes inside
 * of brackets too. What was rewritten once stays the same when rewritten again.
 */
public final class PosixRegex {
  private static final String DOT_IS_ANY = "(?s)";
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("xdigit", "\\p{XDigit}"),
          Map.entry("space", "\\s"));

  private final String posix;
  private final StringBuilder java = new StringBuilder(DOT_IS_ANY);
  private int at;

  private PosixRegex(String posix) {
    this.posix = posix.startsWith(DOT_IS_ANY) ? posix.substring(DOT_IS_ANY.length()) : posix;
  }

  public static String toJava(String posix) {
    var rewriting = new PosixRegex(posix);
    rewriting.run();
    return rewriting.java.toString();
  }

  private void run() {
    while (at < posix.length()) {
      var c = posix.charAt(at);
      if (c == '\\') {
        escaped();
      } else if (c == '[') {
        bracket();
      } else {
        java.append(c);
        at++;
      }
    }
  }

  private void escaped() {
    var end = Math.min(at + 2, posix.length());
    java.append(posix, at, end);
    at = end;
  }

  private void bracket() {
    java.append('[');
    at++;
    if (posix.startsWith("^", at)) {
      java.append('^');
      at++;
    }
    if (posix.startsWith("]", at)) {
      java.append("\\]");
      at++;
    }
    while (at < posix.length() && posix.charAt(at) != ']') {
      element();
    }
  }

  private void element() {
    var c = posix.charAt(at);
    if (c == '\\') {
      escaped();
      return;
    }
    if (posix.startsWith("[:", at)) {
      var end = posix.indexOf(":]", at + 2);
      var translated = end < 0 ? null : CLASSES.get(posix.substring(at + 2, end));
      if (translated != null) {
        java.append(translated);
        at = end + 2;
        return;
      }
    }
    if (c == '[' || c == '&' || c == '^') {
      java.append('\\');
    }
    java.append(c);
    at++;
  }
}
