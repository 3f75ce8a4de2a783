package org.lvsdirector.director;

import java.io.PrintWriter;
import java.util.List;
import org.lvsdirector.config.Problem;
import org.lvsdirector.config.Problem.Severity;
import org.lvsdirector.config.ProblemText;

/** How problems of a file are told: each with its place, then a line that counts them. */
final class ProblemReport {
  private ProblemReport() {}

  static long count(List<Problem> problems, Severity severity) {
    return problems.stream().filter(problem -> problem.severity() == severity).count();
  }

  static boolean hasErrors(List<Problem> problems) {
    return count(problems, Severity.ERROR) > 0;
  }

  static void print(List<Problem> problems, boolean isColoured, PrintWriter out) {
    for (var problem : problems) {
      out.println(ProblemText.render(problem, isColoured));
    }
    if (problems.size() > count(problems, Severity.NOTE)) {
      out.println(summary(problems));
    }
    out.flush();
  }

  static String summary(List<Problem> problems) {
    return plural(count(problems, Severity.ERROR), "error")
        + ", "
        + plural(count(problems, Severity.WARNING), "warning");
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
