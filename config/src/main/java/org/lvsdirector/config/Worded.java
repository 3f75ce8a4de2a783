// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What files, commands and messages call by one word. */
public interface Worded {

  /** The word. */
  String word();

  /** Each of these by its word, in this order. */
  static <T extends Worded> SequencedMap<String, T> byWord(T[] all) {
    var words = new LinkedHashMap<String, T>();
    for (var one : all) {
      words.put(one.word(), one);
    }
    return Collections.unmodifiableSequencedMap(words);
  }
}
