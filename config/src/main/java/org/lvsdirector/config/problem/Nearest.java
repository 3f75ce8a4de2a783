// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word somebody probably meant. */
public final class Nearest {
  private static final int MAX_LENGTH = 40;

  private Nearest() {}

  /**
   * The word nearest to what was written, by edit distance without regard to case.
   *
   * @return null when none is near enough to be meant
   */
  public static @Nullable String word(String written, Iterable<String> words) {
    if (written.isEmpty() || written.length() > MAX_LENGTH) {
      return null;
    }
    var lower = written.toLowerCase(Locale.ROOT);
    var limit = Math.max(1, lower.length() / 3);
    String best = null;
    var bestDistance = limit + 1;
    for (var word : words) {
      var distance = distance(lower, word.toLowerCase(Locale.ROOT));
      if (distance < bestDistance && distance < Math.max(lower.length(), word.length())) {
        best = word;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Like {@link #word}, as the sentence {@code did you mean 'x'?}, or the other text. */
  public static String advice(String written, Iterable<String> words, String otherwise) {
    var word = word(written, words);
    return word == null ? otherwise : "did you mean '" + word + "'?";
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    var before = new int[b.length() + 1];
    var last = new int[b.length() + 1];
    var row = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      var spare = before;
      before = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
