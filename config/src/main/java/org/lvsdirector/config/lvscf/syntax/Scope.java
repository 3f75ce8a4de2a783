// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of block of lvs.cf, and what is outside of all blocks. */
public enum Scope {
  GLOBAL("", "at top level"),
  VIRTUAL("virtual", "in a virtual block"),
  FAILOVER("failover", "in a failover block"),
  SERVER("server", "in a server block"),
  LINK("link", "in a link block");

  private final String word;
  private final String where;

  Scope(String word, String where) {
    this.word = word;
    this.where = where;
  }

  /** The word that opens the block; empty at top level. */
  public String word() {
    return word;
  }

  /** Where that is, in a sentence. */
  public String where() {
    return where;
  }

  /** The blocks that a block of this kind may stand in. */
  public Set<Scope> parents() {
    return switch (this) {
      case GLOBAL -> Set.of();
      case VIRTUAL, FAILOVER, LINK -> EnumSet.of(GLOBAL);
      case SERVER -> EnumSet.of(VIRTUAL, FAILOVER);
    };
  }

  /** The words that open blocks. */
  public static List<String> words() {
    return Arrays.stream(values()).filter(scope -> scope != GLOBAL).map(Scope::word).toList();
  }

  /** The block that a word opens, or null. */
  public static @Nullable Scope opening(String word) {
    for (var scope : values()) {
      if (scope != GLOBAL && scope.word.equals(word)) {
        return scope;
      }
    }
    return null;
  }
}
