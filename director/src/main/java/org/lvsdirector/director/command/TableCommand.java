// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.Json;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code director table}: what the kernel holds, as ipvsadm shows it. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the kernel's table in the layout of ipvsadm -Ln, also what other tools made in it.",
      "Exit status: 0 shown, 1 the engine has no such table, 3 no daemon answers."
    })
public final class TableCommand extends AskDaemon {
  @ArgGroup private Shown shown = new Shown();

  @Option(
      names = {"-n", "--numeric"},
      description = "Numbers instead of names, as always.")
  @SuppressWarnings("UnusedVariable") // Taken for the sake of those who are used to it.
  private boolean isNumeric;

  @Mixin private JsonOption json = new JsonOption();

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
  int ask(AdminClient client) throws IOException, Refused {
    var answer = client.get(shown.isConnections ? "/v1/connections" : "/v1/table");
    if (answer.status() != 200) {
      throw new Refused(answer);
    }
    print(out(), json.isJson() ? answer.body() : text(answer.body()));
    return ExitStatus.DONE;
  }

  private String text(String body) throws IOException {
    return shown.isConnections
        ? TableText.of(Json.connections(body))
        : TableText.of(Json.table(body), shown.columns());
  }
}
