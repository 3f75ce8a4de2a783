// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.DrillReport;
import org.lvsdirector.director.admin.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
public final class DrillCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Mixin private SocketOption socket = new SocketOption();

  @Option(names = "--return", description = "Move the role back afterwards, measured as well.")
  private boolean isReturning;

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var path = socket.path();
    try {
      var answer =
          new AdminClient(path).post(isReturning ? "/v1/drill/return" : "/v1/drill", PATIENCE);
      if (answer.status() != 200 && answer.status() != 409) {
        spec.commandLine().getErr().println("director: the daemon says: " + answer.body().strip());
        return ExitStatus.REFUSED;
      }
      var report = Json.read(answer.body(), DrillReport.class);
      spec.commandLine().getOut().print(isJson ? Json.text(report) : text(report));
      spec.commandLine().getOut().flush();
      return report.isPassed() ? ExitStatus.DONE : ExitStatus.REFUSED;
    } catch (IOException nobody) {
      spec.commandLine().getErr().println(DaemonHint.noDaemon(path, nobody));
      return ExitStatus.NO_DAEMON;
    }
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
