// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.directorconf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the settings of a HOCON text that was found good, and where they stand: the library tells
 * lines alone, and only of the last of several settings with one name.
 */
final class SettingPlaces {
  /** No setting of ours is nested as deeply. */
  private static final int MAX_DEPTH = 16;

  private final String text;
  private final Deque<String> prefixes = new ArrayDeque<>();
  private final List<Found> found = new ArrayList<>();
  private int at;

  private SettingPlaces(String text) {
    this.text = text;
  }

  /**
   * A setting.
   *
   * @param name its whole name
   * @param nameAt index of its name in the text
   * @param nameLength length of the name as it is written there
   * @param valueAt index of its value
   * @param valueLength length of the value, at least 1
   */
  record Found(String name, int nameAt, int nameLength, int valueAt, int valueLength) {}

  /** The settings with a value that is no object, in the order of the text. */
  static List<Found> of(String text) {
    var places = new SettingPlaces(text);
    while (places.at < text.length() && places.prefixes.size() <= MAX_DEPTH) {
      places.step();
    }
    return places.found;
  }

  private void step() {
    var c = text.charAt(at);
    if (isComment()) {
      at = endOfLine();
    } else if (c == '}') {
      prefixes.pollFirst();
      at++;
    } else if (c == '{') {
      prefixes.push(prefix());
      at++;
    } else if (Character.isWhitespace(c) || c == ',') {
      at++;
    } else {
      setting();
    }
  }

  private String prefix() {
    var prefix = prefixes.peekFirst();
    return prefix == null ? "" : prefix;
  }

  private void setting() {
    var start = at;
    skipTo("=:{+\n\r#,}");
    var written = text.substring(start, at).strip();
    var name = prefix() + written.replace("\"", "");
    if (at < text.length() && text.charAt(at) == '+') {
      at++;
    }
    if (at < text.length() && "=:".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '{') {
      prefixes.push(name + ".");
      at++;
      return;
    }
    var value = at;
    skipTo(",\n\r#}");
    var length = text.substring(value, at).stripTrailing().length();
    found.add(new Found(name, start, Math.max(1, written.length()), value, Math.max(1, length)));
    if (at == start) {
      at++;
    }
  }

  /** Goes to the first of these characters that is not in quotes or brackets, or to a comment. */
  private void skipTo(String ends) {
    var depth = 0;
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c == '"') {
        skipQuoted();
        continue;
      }
      if (depth == 0 && (ends.indexOf(c) >= 0 || isComment())) {
        return;
      }
      depth += c == '[' ? 1 : c == ']' && depth > 0 ? -1 : 0;
      at++;
    }
  }

  private void skipQuoted() {
    var isTriple = text.startsWith("\"\"\"", at);
    at += isTriple ? 3 : 1;
    while (at < text.length()) {
      if (isTriple ? text.startsWith("\"\"\"", at) : text.charAt(at) == '"') {
        at += isTriple ? 3 : 1;
        return;
      }
      at += !isTriple && text.charAt(at) == '\\' ? 2 : 1;
    }
    at = text.length();
  }

  private boolean isComment() {
    return text.charAt(at) == '#' || text.startsWith("//", at);
  }

  private int endOfLine() {
    var end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }
}
