package org.lvsdirector.config;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.Problem.Place;
import org.lvsdirector.config.Problem.Severity;

/** Collects what is wrong with one file. */
final class Problems {
  private static final int MAX_PROBLEMS = 1000;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private boolean hasError;

  Problems(String file) {
    this.file = file;
  }

  /** Notes a problem with a word or with a part of one. */
  void report(ProblemCode code, Token at, String message, String advice) {
    report(code, at.place(file), message, advice);
  }

  /** Notes a problem that concerns the whole file. */
  void report(ProblemCode code, String message, String advice) {
    report(code, new Place(file, 0, 0, 1, ""), message, advice);
  }

  /** Notes a problem somewhere. */
  void report(ProblemCode code, Place at, String message, String advice) {
    add(new Problem(code.severity(), code.code(), at, message, advice));
  }

  /** Notes a problem that was found elsewhere. */
  void add(Problem problem) {
    hasError |= problem.severity() == Severity.ERROR;
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem);
    } else if (problems.size() == MAX_PROBLEMS) {
      var many = ProblemCode.TOO_MANY_PROBLEMS;
      hasError = true;
      problems.add(
          new Problem(
              many.severity(),
              many.code(),
              new Place(file, Integer.MAX_VALUE, 0, 1, ""),
              "more than " + MAX_PROBLEMS + " problems; the rest is not told",
              "mend the first ones and look again"));
    }
  }

  /** Whether nothing more is told, so that a message need not be thought up. */
  boolean isFull() {
    return problems.size() > MAX_PROBLEMS;
  }

  String file() {
    return file;
  }

  /** Whether the file cannot be used. */
  boolean hasError() {
    return hasError;
  }

  /** Everything noted so far, in the order of the file. */
  List<Problem> inOrder() {
    return problems.stream().sorted(Problem.ORDER).toList();
  }
}
