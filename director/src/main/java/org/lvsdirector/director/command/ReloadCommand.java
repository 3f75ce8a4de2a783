// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lvsdirector.director.admin.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code director reload}: asks the daemon to read its lvs.cf again. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the daemon to read its lvs.cf again, as SIGHUP does. A file with errors changes"
          + " nothing.",
      "Exit status: 0 done, 1 refused (the problems are printed), 3 no daemon answers."
    })
public final class ReloadCommand implements Callable<Integer> {
  @Mixin private SocketOption socket = new SocketOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var path = socket.path();
    try {
      var answer = new AdminClient(path).post("/v1/reload");
      var isDone = answer.status() == 200;
      var out = isDone ? spec.commandLine().getOut() : spec.commandLine().getErr();
      out.print(answer.body());
      out.flush();
      return isDone ? ExitStatus.DONE : ExitStatus.REFUSED;
    } catch (IOException nobody) {
      spec.commandLine().getErr().println(DaemonHint.noDaemon(path, nobody));
      return ExitStatus.NO_DAEMON;
    }
  }
}
