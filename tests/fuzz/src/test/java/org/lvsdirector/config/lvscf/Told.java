// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lvsdirector.config.lvscf.syntax.Lines;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.ProblemText;

/** What holds for the problems of every file. */
final class Told {
  private static final Map<String, Severity> SEVERITIES =
      Arrays.stream(ProblemCode.values())
          .collect(Collectors.toMap(ProblemCode::code, ProblemCode::severity));

  /** Errors or warnings, which depends on the rest of the file. */
  private static final Set<String> EITHER =
      Set.of(ProblemCode.TOO_MANY_PROBLEMS.code(), ProblemCode.DEADTIME_TOO_SHORT.code());

  private static final int MAX_PROBLEMS = 1001;
  private static final int SHOWN_OF_TOO_LONG = 200;

  private Told() {}

  /**
   * Checks code, place and text of each problem, and their order.
   *
   * @param isUsable whether the file was taken
   * @param textOf the text of a file by the name that problems give it
   */
  static void isSound(boolean isUsable, List<Problem> problems, Function<String, String> textOf) {
    var hasError = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    assertThat(isUsable).as("usable with %s", problems).isEqualTo(!hasError);
    assertThat(problems).hasSizeLessThanOrEqualTo(MAX_PROBLEMS).isSortedAccordingTo(Problem.ORDER);
    for (var problem : problems) {
      hasCode(problem);
      hasPlace(problem, textOf);
      isReadable(problem);
    }
  }

  /** Checks place and text of what is only to be known. */
  static void areNotes(List<Problem> notes, Function<String, String> textOf) {
    assertThat(notes).hasSizeLessThanOrEqualTo(MAX_PROBLEMS);
    for (var note : notes) {
      assertThat(note.severity()).isEqualTo(Severity.NOTE);
      assertThat(SEVERITIES).containsKey(note.code());
      hasPlace(note, textOf);
      isReadable(note);
    }
  }

  private static void hasCode(Problem problem) {
    assertThat(SEVERITIES).containsKey(problem.code());
    if (!EITHER.contains(problem.code())) {
      assertThat(problem.severity()).isEqualTo(SEVERITIES.get(problem.code()));
    }
  }

  private static void hasPlace(Problem problem, Function<String, String> textOf) {
    var at = problem.at();
    var text = textOf.apply(at.file());
    if (at.line() == 0 || problem.code().equals(ProblemCode.TOO_MANY_PROBLEMS.code())) {
      assertThat(at.column()).isZero();
      assertThat(at.source()).isEmpty();
      return;
    }
    var line = line(text, at.line());
    if (problem.code().equals(ProblemCode.BYTE_ORDER_MARK.code())) {
      assertThat(at.source()).isEmpty();
    } else if (line.length() > Lines.MAX_LENGTH) {
      assertThat(at.source()).isEqualTo(line.substring(0, SHOWN_OF_TOO_LONG));
    } else {
      assertThat(at.source()).as("source of %s", problem).isEqualTo(line);
    }
    var length = line.codePointCount(0, line.length());
    assertThat(at.length()).isPositive();
    assertThat(at.column()).as("column of %s", problem).isBetween(0, length + 1);
    assertThat(at.column() - 1 + at.length())
        .as("end of %s", problem)
        .isLessThanOrEqualTo(Math.max(at.column(), length));
  }

  private static String line(String text, int number) {
    var lines = text.replaceFirst("^\ufeff", "").split("\r\n|\n|\r", -1);
    assertThat(number).as("line of %d", lines.length).isLessThanOrEqualTo(lines.length);
    return lines[number - 1];
  }

  private static void isReadable(Problem problem) {
    assertThat(problem.message()).isNotBlank();
    assertThat(ProblemText.render(problem, false))
        .contains(problem.code())
        .matches(text -> text.chars().noneMatch(c -> c == '\033' || c == 0 || c == '\r'), "plain");
    assertThat(problem.message() + problem.advice())
        .matches(
            text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL),
            "one line without control characters");
  }
}
