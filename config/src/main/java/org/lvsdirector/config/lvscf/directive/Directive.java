// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.Scope;

/**
 * One row of the catalogue: everything there is to know of a directive.
 *
 * @param word its name
 * @param scopes where it may stand
 * @param type what it takes
 * @param preset what holds when it is not given; null when nothing does, or when it depends
 * @param presetText the same for people
 * @param sources directives of the same block, the first given one of which makes the value when it
 *     is not given itself
 * @param since the year or release of Piranha that brought it, or {@code lvs-director}
 * @param meaning one line
 * @param status what becomes of it
 * @param quietWords values of which there is nothing to tell, although they have no effect
 * @param <T> what its value is
 */
public record Directive<T>(
    String word,
    Set<Scope> scopes,
    ValueType<T> type,
    @Nullable T preset,
    String presetText,
    List<String> sources,
    String since,
    String meaning,
    Status status,
    Set<String> quietWords) {

  /** What becomes of a directive. */
  public enum Status {
    /** It has the meaning that is given. */
    USED("used"),
    /** It is checked, and has no effect yet. */
    NOT_ACTED_ON("not acted on"),
    /** Neither Piranha nor this software does anything with it. */
    DEAD("without effect"),
    /** Likewise, and Piranha's files have it all the same. */
    IDLE("without effect"),
    /** Likewise, and nobody expects anything of it. */
    SILENT("without effect"),
    /** Only Piranha's web page knew it. */
    GUI_ONLY("written by the old web page only"),
    /** Another name, from Piranha's man page. */
    OLD_NAME("another name");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /** The status for people. */
    public String text() {
      return text;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return word;
  }
}
