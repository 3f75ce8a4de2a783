// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal words as one string where it can: the words of an lvs.cf are mostly the same few, so
 * that a large file need not hold a million of them.
 */
final class WordPool {
  /** A power of two. */
  private static final int SLOTS = 1024;

  private static final int LONGEST = 32;

  private final @Nullable String[] words = new String[SLOTS];

  /** The part of a text from {@code start} to before {@code end}. */
  String word(String text, int start, int end) {
    if (end - start > LONGEST) {
      return text.substring(start, end);
    }
    var slot = slot(text, start, end);
    var known = words[slot];
    if (known != null && known.length() == end - start && text.startsWith(known, start)) {
      return known;
    }
    var word = text.substring(start, end);
    words[slot] = word;
    return word;
  }

  private static int slot(String text, int start, int end) {
    var hash = end - start;
    for (var i = start; i < end; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
  }
}
