// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.Json;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code director table}: what the kernel holds, as ipvsadm shows it. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the kernel's table in the layout of ipvsadm -Ln, also what other tools made in it.",
      "Exit status: 0 shown, 1 the engine has no such table, 3 no daemon answers."
    })
public final class TableCommand implements Callable<Integer> {
  @Mixin private SocketOption socket = new SocketOption();

  @ArgGroup private Shown shown = new Shown();

  @Option(
      names = {"-n", "--numeric"},
      description = "Numbers instead of names, as always.")
  @SuppressWarnings("UnusedVariable") // Taken for the sake of those who are used to it.
  private boolean isNumeric;

  @Option(
      names = "--json",
      description = "Print JSON, as GET /v1/table or /v1/connections gives it.")
  private boolean isJson;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** At most one of these. */
  static final class Shown {
    @Option(names = "--stats", description = "Connections, packets and bytes since each was added.")
    private boolean isStats;

    @Option(names = "--rate", description = "The same per second.")
    private boolean isRate;

    @Option(
        names = {"-c", "--connections"},
        description = "Every connection, with its state and when it expires.")
    private boolean isConnections;

    private TableText.Columns columns() {
      if (isStats) {
        return TableText.Columns.COUNTERS;
      }
      return isRate ? TableText.Columns.RATES : TableText.Columns.TABLE;
    }
  }

  @Override
  public Integer call() {
    var path = socket.path();
    try {
      var client = new AdminClient(path);
      var answer = client.get(shown.isConnections ? "/v1/connections" : "/v1/table");
      if (answer.status() != 200) {
        spec.commandLine().getErr().println("director: " + Json.error(answer.body()));
        return ExitStatus.REFUSED;
      }
      spec.commandLine().getOut().print(isJson ? answer.body() : text(answer.body()));
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    } catch (IOException nobody) {
      spec.commandLine().getErr().println(DaemonHint.noDaemon(path, nobody));
      return ExitStatus.NO_DAEMON;
    }
  }

  private String text(String body) throws IOException {
    return shown.isConnections
        ? TableText.of(Json.connections(body))
        : TableText.of(Json.table(body), shown.columns());
  }
}
