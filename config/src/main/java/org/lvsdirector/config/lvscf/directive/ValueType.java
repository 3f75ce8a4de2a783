// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.Problems;

/**
 * What a directive takes, how it is read and how it is written.
 *
 * @param <T> what it is afterwards
 */
public interface ValueType<T> {

  /**
   * What reading may need.
   *
   * @param problems takes what is wrong
   * @param names looks up host and service names
   * @param preferred the family to take of a host that has both
   */
  record Reading(Problems problems, NameResolver names, IpAddress.Family preferred) {
    /** The same, of which nothing is told. */
    public Reading untold() {
      return new Reading(new Problems(problems.file()), names, preferred);
    }
  }

  /**
   * Reads the words of a statement, of which there is at least one.
   *
   * @return null when they are wrong, which was told
   */
  @Nullable T read(Statement statement, Reading reading);

  /** The words that are read as this value again. */
  String print(T value);

  /** What it takes, in a few words for the reference page. */
  String form();

  /** How many words it takes at most; those beyond are told of, and not read. */
  default int mostWords() {
    return 1;
  }

  /** What to do about a statement that has more words. */
  default String adviceForMore(Statement statement) {
    return "remove it";
  }
}
