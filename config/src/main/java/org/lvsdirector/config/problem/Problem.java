// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.Comparator;

/**
 * Something wrong with a file, with the place and the way out.
 *
 * @param severity what it means for the file
 * @param code stable code such as {@code LVS0012}
 * @param at where
 * @param message what is wrong, one sentence
 * @param advice how to mend it, one sentence; may be empty
 */
public record Problem(Severity severity, String code, Place at, String message, String advice) {

  /** The order in which problems are told. */
  public static final Comparator<Problem> ORDER =
      Comparator.comparing((Problem problem) -> problem.at.file())
          .thenComparingInt(problem -> problem.at.line())
          .thenComparingInt(problem -> problem.at.column())
          .thenComparing(Problem::code);

  /** What a problem means for its file. */
  public enum Severity {
    /** The file cannot be used. */
    ERROR("error"),
    /** The file can be used, and is probably not what was meant. */
    WARNING("warning"),
    /** Nothing is wrong with the file; this is what to know of it. Not counted as a problem. */
    NOTE("note");

    private final String word;

    Severity(String word) {
      this.word = word;
    }

    /** Its name in messages. */
    public String word() {
      return word;
    }
  }

  /**
   * A stretch of one line of a file.
   *
   * @param file the file's name as given
   * @param line 1-based; 0 when the problem concerns the whole file
   * @param column 1-based, in code points; 0 when unknown
   * @param length length of the stretch in code points, at least 1
   * @param source the line's text, without the line end; may be empty
   */
  public record Place(String file, int line, int column, int length, String source) {}
}
