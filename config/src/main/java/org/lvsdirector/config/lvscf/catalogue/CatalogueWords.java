// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.Tunnel;

/** The words that directives take, each with its meaning, in the order of the reference page. */
final class CatalogueWords {
  private CatalogueWords() {}

  static SequencedMap<String, SchedulerName> schedulers() {
    var words = new LinkedHashMap<String, SchedulerName>();
    for (var scheduler : SchedulerName.values()) {
      words.put(scheduler.word(), scheduler);
    }
    return words;
  }

  static SequencedMap<String, CheckKind> checkKinds() {
    var words = new LinkedHashMap<String, CheckKind>();
    for (var kind : CheckKind.values()) {
      words.put(kind.word(), kind);
    }
    return words;
  }

  static SequencedMap<String, Tunnel.Type> tunnels() {
    var words = new LinkedHashMap<String, Tunnel.Type>();
    for (var type : Tunnel.Type.values()) {
      words.put(type.name().toLowerCase(Locale.ROOT), type);
    }
    return words;
  }

  static SequencedMap<String, Tunnel.Checksum> tunnelChecksums() {
    var words = new LinkedHashMap<String, Tunnel.Checksum>();
    for (var checksum : Tunnel.Checksum.values()) {
      words.put(checksum.name().toLowerCase(Locale.ROOT), checksum);
    }
    return words;
  }

  static SequencedMap<String, String> queryTypes() {
    var words = new LinkedHashMap<String, String>();
    for (var type : List.of("A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT")) {
      words.put(type.toLowerCase(Locale.ROOT), type);
    }
    return words;
  }

  static <T> SequencedMap<String, T> choice(String word1, T value1, String word2, T value2) {
    var words = new LinkedHashMap<String, T>();
    words.put(word1, value1);
    words.put(word2, value2);
    return words;
  }

  static <T> SequencedMap<String, T> choice(
      String word1, T value1, String word2, T value2, String word3, T value3) {
    var words = choice(word1, value1, word2, value2);
    words.put(word3, value3);
    return words;
  }

  static <T> SequencedMap<String, T> choice(
      String word1,
      T value1,
      String word2,
      T value2,
      String word3,
      T value3,
      String word4,
      T value4) {
    var words = choice(word1, value1, word2, value2, word3, value3);
    words.put(word4, value4);
    return words;
  }
}
