// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

/**
 * One line of a file.
 *
 * @param file the file's name as told to people; empty when it is nowhere
 * @param number 1-based
 * @param source what it is a part of
 * @param start index of its first char in the source
 * @param end index after its last char, without the line end
 */
public record Line(String file, int number, String source, int start, int end) {
  /** A line of no file. */
  public static Line of(String text) {
    return new Line("", 1, text, 0, text.length());
  }

  /** What it says, without the line end. */
  String text() {
    return source.substring(start, end);
  }
}
