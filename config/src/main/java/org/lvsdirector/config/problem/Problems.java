// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lvsdirector.config.problem.Problem.Place;
import org.lvsdirector.config.problem.Problem.Severity;

/** Collects what is wrong with one file, and what is to be known of it. */
public final class Problems {
  private static final int MAX_PROBLEMS = 1000;
  private static final Set<String> LOSSES =
      Set.of(
          ProblemCode.UNREADABLE.code(),
          ProblemCode.NUL_CHARACTER.code(),
          ProblemCode.LINE_TOO_LONG.code(),
          ProblemCode.INVALID_UTF8.code(),
          ProblemCode.FILE_TOO_BIG.code(),
          ProblemCode.INCLUDE.code());

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Note> notes = new LinkedHashMap<>();
  private boolean hasError;
  private boolean hasLost;
  private boolean hasUntoldError;
  private int untold;

  /** What is said of several places alike, at the first of them. */
  private record Note(Problem first, int places) {
    Problem told() {
      if (places == 1) {
        return first;
      }
      var also = "so it is in " + places + " places";
      return new Problem(
          first.severity(),
          first.code(),
          first.at(),
          first.message(),
          first.advice().isEmpty() ? also : first.advice() + "; " + also);
    }
  }

  public Problems(String file) {
    this.file = file;
  }

  /** Notes a problem with a word or with a part of one. */
  public void report(ProblemCode code, Located at, String message, String advice) {
    report(code, at.place(file), message, advice);
  }

  /** Notes a problem that concerns the whole file. */
  public void report(ProblemCode code, String message, String advice) {
    report(code, new Place(file, 0, 0, 1, ""), message, advice);
  }

  /** Notes a problem somewhere; what a terminal would act on is not repeated. */
  public void report(ProblemCode code, Place at, String message, String advice) {
    add(
        new Problem(
            code.severity(),
            code.code(),
            at,
            PrintableText.printable(message),
            PrintableText.printable(advice)));
  }

  /** Notes a problem with a word that weighs less, or more, than its code says. */
  public void report(
      Severity severity, ProblemCode code, Located at, String message, String advice) {
    add(
        new Problem(
            severity,
            code.code(),
            at.place(file),
            PrintableText.printable(message),
            PrintableText.printable(advice)));
  }

  /**
   * Notes what is to be known, although nothing in the file need be mended. The same of several
   * places is told once.
   */
  public void note(ProblemCode code, Located at, String message, String advice) {
    report(Severity.NOTE, code, at, message, advice);
  }

  /** Notes a problem that was found elsewhere. */
  public void add(Problem problem) {
    if (problem.severity() == Severity.NOTE) {
      if (notes.size() < MAX_PROBLEMS) {
        notes.merge(
            problem.code() + problem.message(),
            new Note(problem, 1),
            (old, _) -> new Note(old.first, old.places + 1));
      }
      return;
    }
    hasError |= problem.severity() == Severity.ERROR;
    hasLost |= problem.severity() == Severity.ERROR && LOSSES.contains(problem.code());
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem);
    } else {
      leaveOut(problem.severity());
    }
  }

  /** Counts a problem that is not told, because enough others are. */
  public void leaveOut(Severity severity) {
    untold++;
    hasUntoldError |= severity == Severity.ERROR;
    hasError |= hasUntoldError;
  }

  /** Whether nothing more is told, so that a message need not be thought up. */
  public boolean isFull() {
    return problems.size() >= MAX_PROBLEMS;
  }

  public String file() {
    return file;
  }

  /** Whether the file cannot be used. */
  public boolean hasError() {
    return hasError;
  }

  /** Whether a line or a file could not be read, so that anything may be missing. */
  public boolean hasLost() {
    return hasLost;
  }

  /** Errors and warnings, in the order of the file. */
  public List<Problem> inOrder() {
    var all = new ArrayList<>(problems.stream().sorted(Problem.ORDER).toList());
    if (untold > 0) {
      all.add(
          new Problem(
              hasUntoldError ? Severity.ERROR : Severity.WARNING,
              ProblemCode.TOO_MANY_PROBLEMS.code(),
              new Place(file, Integer.MAX_VALUE, 0, 1, ""),
              untold + " more problems are not told",
              "mend the first " + MAX_PROBLEMS + " and look again"));
    }
    return all;
  }

  /** What is to be known, in the order of the file. */
  public List<Problem> notesInOrder() {
    return notes.values().stream().map(Note::told).sorted(Problem.ORDER).toList();
  }
}
