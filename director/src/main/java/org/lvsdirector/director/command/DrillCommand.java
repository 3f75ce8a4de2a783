// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.util.Locale;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.DrillReport;
import org.lvsdirector.director.admin.Json;
import org.lvsdirector.director.machine.Patience;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code director drill}: a planned failover on trial. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that a failover can work, does one, and measures it: by connections that this"
          + " director makes to the virtual addresses, some hundred a second, and by heartbeats."
          + " Prints what happened when, and a verdict. The role stays where it went, unless"
          + " --return.",
      "Exit status: 0 passed, 1 refused or failed, 3 no daemon answers."
    })
public final class DrillCommand extends AskDaemon {
  @Option(names = "--return", description = "Move the role back afterwards, measured as well.")
  private boolean isReturning;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  int ask(AdminClient client) throws IOException, Refused {
    var path = isReturning ? "/v1/drill/return" : "/v1/drill";
    var report = report(client.post(path, Patience.DRILL_ANSWER), DrillReport.class);
    print(out(), json.isJson() ? Json.text(report) : text(report));
    return status(report.isPassed());
  }

  static String text(DrillReport report) {
    var text = new StringBuilder();
    for (var round : report.rounds()) {
      text.append("failover from %s to %s%n".formatted(round.from(), round.to()));
      for (var step : round.steps()) {
        text.append(String.format(Locale.ROOT, "  %9.2f ms  %s%n", step.atMillis(), step.what()));
      }
      text.append(
          String.format(
              Locale.ROOT,
              "  %d connections tried, %d failed, longest gap %.2f ms%n",
              round.probes(),
              round.failed(),
              round.longestGapMillis()));
    }
    return text.append(report.verdict()).append('\n').toString();
  }
}
