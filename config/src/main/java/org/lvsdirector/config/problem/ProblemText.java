// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.Arrays;

/** Problems as text for people, with the source line and a caret. */
public final class ProblemText {
  private static final int MAX_SHOWN = 100;
  private static final int BEFORE_CARET = 40;
  private static final String RED = "\033[1;31m";
  private static final String YELLOW = "\033[1;33m";
  private static final String CYAN = "\033[1;36m";
  private static final String BOLD = "\033[1m";
  private static final String GREEN = "\033[1;32m";
  private static final String RESET = "\033[0m";

  private final Problem problem;
  private final boolean hasColor;
  private final StringBuilder text = new StringBuilder();

  private ProblemText(Problem problem, boolean hasColor) {
    this.problem = problem;
    this.hasColor = hasColor;
  }

  /**
   * A problem in one to four lines without a final line end: what, the source, the caret, the help.
   *
   * @param color whether to add the escape sequences of ANSI terminals
   */
  public static String render(Problem problem, boolean color) {
    return new ProblemText(problem, color).render();
  }

  private String render() {
    headline();
    var at = problem.at();
    if (at.column() > 0 && !at.source().isEmpty()) {
      source(at.source());
    }
    if (!problem.advice().isEmpty()) {
      text.append("\n  ");
      colored(BOLD, "help:");
      text.append(' ').append(problem.advice());
    }
    return text.toString();
  }

  private void headline() {
    var at = problem.at();
    var place = new StringBuilder(PrintableText.printable(at.file()));
    if (at.line() > 0 && at.line() < Integer.MAX_VALUE) {
      place.append(':').append(at.line());
      if (at.column() > 0) {
        place.append(':').append(at.column());
      }
    }
    colored(BOLD, place.append(':').toString());
    text.append(' ');
    switch (problem.severity()) {
      case ERROR -> colored(RED, "error");
      case WARNING -> colored(YELLOW, "warning");
      case NOTE -> colored(CYAN, "note");
    }
    text.append(' ').append(problem.code()).append(": ").append(problem.message());
  }

  private void source(String source) {
    var line = source.codePoints().toArray();
    var caret = Math.min(problem.at().column() - 1, line.length);
    var from = line.length > MAX_SHOWN ? Math.max(0, caret - BEFORE_CARET) : 0;
    var to = Math.min(line.length, from + MAX_SHOWN);
    var end = Math.clamp((long) caret + problem.at().length(), caret + 1, Math.max(to, caret + 1));
    var shown = new StringBuilder();
    var marks = new StringBuilder();
    if (from > 0) {
      shown.append("...");
      marks.append("   ");
    }
    for (var i = from; i < to; i++) {
      shown.append(line[i] == '\t' ? "\t" : PrintableText.printable(Character.toString(line[i])));
    }
    for (var i = from; i < caret; i++) {
      marks.append(line[i] == '\t' ? "\t" : " ".repeat(Widths.of(line[i])));
    }
    text.append("\n  ").append(shown).append(to < line.length ? "..." : "").append("\n  ");
    text.append(marks);
    colored(GREEN, "^" + "~".repeat(Math.max(0, columns(line, caret, end) - 1)));
  }

  private static int columns(int[] line, int from, int to) {
    return Arrays.stream(line, Math.min(from, line.length), Math.min(to, line.length))
        .map(Widths::of)
        .sum();
  }

  private void colored(String color, String what) {
    if (hasColor) {
      text.append(color).append(what).append(RESET);
    } else {
      text.append(what);
    }
  }
}
