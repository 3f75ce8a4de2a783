// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code director status}: both directors, their links, every service and server. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows both directors, their links, every virtual service and real server.",
      "Exit status: 0 shown, 3 no daemon answers."
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin private SocketOption socket = new SocketOption();

  @Option(names = "--json", description = "Print JSON, as GET /v1/status gives it.")
  private boolean isJson;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var path = socket.path();
    try {
      var report = new AdminClient(path).status();
      spec.commandLine().getOut().print(isJson ? Json.text(report) : StatusText.of(report));
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    } catch (IOException nobody) {
      spec.commandLine().getErr().println(DaemonHint.noDaemon(path, nobody));
      return ExitStatus.NO_DAEMON;
    }
  }
}
