// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.problem.Problem.Place;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Splits a file into lines, whatever its line ends are, and drops lines that are no text. */
public final class Lines {
  public static final int MAX_LENGTH = 65_536;
  private static final int SHOWN_OF_TOO_LONG = 200;

  private final String file;
  private final String text;
  private final Problems problems;
  private boolean hasNul;
  private boolean hasToldOfCr;
  private int number;
  private int at;

  Lines(String file, String text, Problems problems) {
    this.file = file;
    this.text = text;
    this.problems = problems;
    skipByteOrderMark();
  }

  private void skipByteOrderMark() {
    if (text.startsWith("\ufeff")) {
      at = 1;
      var place = new Place(file, 1, 1, 1, "");
      problems.report(
          ProblemCode.BYTE_ORDER_MARK,
          place,
          "the file begins with a byte order mark",
          "it is ignored here; Piranha refused such a file, so save it as plain UTF-8");
    }
  }

  /** The next line that is text; null at the end of the file. */
  @Nullable Line next() {
    while (at < text.length()) {
      var start = at;
      var end = endOfLine(start);
      at = end + (text.startsWith("\r\n", end) ? 2 : 1);
      number++;
      if (isText(start, end)) {
        var line = new Line(file, number, text, start, end);
        tellOfCr(line);
        if (!hasNul) {
          return line;
        }
        tellOfNul(line);
      }
    }
    return null;
  }

  /** Where a line ends; notes whether there is a NUL in it. */
  private int endOfLine(int start) {
    hasNul = false;
    for (var i = start; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c <= '\r') {
        if (c == '\n' || c == '\r') {
          return i;
        }
        hasNul |= c == 0;
      }
    }
    return text.length();
  }

  private boolean isText(int start, int end) {
    if (end - start <= MAX_LENGTH) {
      return true;
    }
    var shown = text.substring(start, start + SHOWN_OF_TOO_LONG);
    problems.report(
        ProblemCode.LINE_TOO_LONG,
        new Place(file, number, 1, 1, shown),
        "the line has " + (end - start) + " characters, more than " + MAX_LENGTH,
        "shorten it; is it the right file, and is it text?");
    return false;
  }

  private void tellOfNul(Line line) {
    var nul = line.text().indexOf('\0');
    problems.report(
        ProblemCode.NUL_CHARACTER,
        new Token(line, nul, nul + 1, "", Token.NO_QUOTE),
        "the line holds a NUL character",
        "the file is damaged, or it is not text; Piranha's parser crashed on it");
  }

  private void tellOfCr(Line line) {
    if (hasToldOfCr || line.end() >= text.length() || text.charAt(line.end()) != '\r') {
      return;
    }
    hasToldOfCr = true;
    var length = line.end() - line.start();
    problems.report(
        ProblemCode.CARRIAGE_RETURN,
        new Token(line, length, length, "", Token.NO_QUOTE),
        "a carriage return ends this line, and perhaps others",
        "it counts as the end of a line here; Piranha silently lost the lines after it, so convert"
            + " the file (sed -i 's/\\r$//')");
  }
}
