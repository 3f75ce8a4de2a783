// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.io.PrintWriter;
import java.util.List;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemText;

/** How problems of a file are told: each with its place, then a line that counts them. */
public final class ProblemReport {
  private ProblemReport() {}

  static long count(List<Problem> problems, Severity severity) {
    return problems.stream().filter(problem -> problem.severity() == severity).count();
  }

  public static void print(List<Problem> problems, boolean isColoured, PrintWriter out) {
    for (var problem : problems) {
      out.println(ProblemText.render(problem, isColoured));
    }
    if (problems.size() > count(problems, Severity.NOTE)) {
      out.println(summary(problems));
    }
    out.flush();
  }

  public static String summary(List<Problem> problems) {
    return plural(count(problems, Severity.ERROR), "error")
        + ", "
        + plural(count(problems, Severity.WARNING), "warning");
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
