package org.lvsdirector.config;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.Problem.Place;

/** Splits a file into lines, whatever its line ends are, and drops lines that are no text. */
final class Lines {
  static final int MAX_LENGTH = 65_536;
  private static final int SHOWN_OF_TOO_LONG = 200;

  private final String file;
  private final String text;
  private final Problems problems;
  private final List<Line> lines = new ArrayList<>();
  private boolean hasToldOfCr;

  private Lines(String file, String text, Problems problems) {
    this.file = file;
    this.text = text;
    this.problems = problems;
  }

  static List<Line> split(String file, String text, Problems problems) {
    return new Lines(file, text, problems).split();
  }

  private List<Line> split() {
    var start = 0;
    if (text.startsWith("\ufeff")) {
      start = 1;
      var at = new Place(file, 1, 1, 1, "");
      problems.report(
          ProblemCode.BYTE_ORDER_MARK,
          at,
          "the file begins with a byte order mark",
          "it is ignored here; Piranha refused such a file, so save it as plain UTF-8");
    }
    var number = 1;
    while (start < text.length()) {
      var end = endOfLine(start);
      add(number++, start, end);
      start = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    return lines;
  }

  private int endOfLine(int start) {
    for (var i = start; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        return i;
      }
    }
    return text.length();
  }

  private void add(int number, int start, int end) {
    if (end - start > MAX_LENGTH) {
      var shown = text.substring(start, start + SHOWN_OF_TOO_LONG);
      problems.report(
          ProblemCode.LINE_TOO_LONG,
          new Place(file, number, 1, 1, shown),
          "the line has " + (end - start) + " characters, more than " + MAX_LENGTH,
          "shorten it; is it the right file, and is it text?");
      return;
    }
    var line = new Line(file, number, text.substring(start, end));
    tellOfCr(line, end);
    var nul = line.text().indexOf('\0');
    if (nul < 0) {
      lines.add(line);
    } else {
      problems.report(
          ProblemCode.NUL_CHARACTER,
          new Token(line, nul, nul + 1, "", Token.NO_QUOTE),
          "the line holds a NUL character",
          "the file is damaged, or it is not text; Piranha's parser crashed on it");
    }
  }

  private void tellOfCr(Line line, int end) {
    if (hasToldOfCr || end >= text.length() || text.charAt(end) != '\r') {
      return;
    }
    hasToldOfCr = true;
    var length = line.text().length();
    problems.report(
        ProblemCode.CARRIAGE_RETURN,
        new Token(line, length, length, "", Token.NO_QUOTE),
        "a carriage return ends this line, and perhaps others",
        "it counts as the end of a line here; Piranha silently lost the lines after it, so convert"
            + " the file (sed -i 's/\\r$//')");
  }
}
