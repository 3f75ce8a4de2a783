// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lvsdirector.director.demo.DemoClient.Tally;

/** What the demo prints: events as they happen, the load each second, and the summary. */
final class DemoReport {
  private final PrintStream out;
  private final long startNanos;
  private final List<Step> steps = new ArrayList<>();

  /**
   * One line of the summary.
   *
   * @param name what had to happen
   * @param isHeld whether it did
   * @param result what happened, with its numbers
   */
  record Step(String name, boolean isHeld, String result) {}

  DemoReport(PrintStream out) {
    this.out = out;
    startNanos = System.nanoTime();
  }

  synchronized void event(String text) {
    line("* " + text);
  }

  /** The load of about one second. */
  synchronized void load(Tally tally, double seconds, String active) {
    var servers = new StringBuilder();
    tally
        .answersByServer()
        .forEach((name, count) -> servers.append(String.format("  %s %4d", name, count)));
    line(
        String.format(
            Locale.ROOT,
            "  %5.0f requests/s%s  failed %d  active: %s",
            tally.answers() / seconds,
            servers,
            tally.failures(),
            active));
  }

  synchronized void step(String name, boolean isHeld, String result) {
    steps.add(new Step(name, isHeld, result));
    line((isHeld ? "+ " : "! ") + name + ": " + result);
  }

  synchronized boolean hasHeld() {
    return !steps.isEmpty() && steps.stream().allMatch(Step::isHeld);
  }

  synchronized void summary() {
    var width = steps.stream().mapToInt(step -> step.name().length()).max().orElse(0);
    out.println();
    out.println("summary");
    for (var step : steps) {
      out.printf(
          "  %-4s  %-" + Math.max(width, 1) + "s  %s%n",
          step.isHeld() ? "ok" : "FAIL",
          step.name(),
          step.result());
    }
    out.flush();
  }

  private void line(String text) {
    var seconds = (System.nanoTime() - startNanos) / 1e9;
    out.printf(Locale.ROOT, "%6.2f s  %s%n", seconds, text);
    out.flush();
  }
}
