// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.machine.Patience;
import picocli.CommandLine.Command;

/** {@code director reload}: asks the daemon to read its lvs.cf again. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the daemon to read its lvs.cf again, as SIGHUP does. A file with errors changes"
          + " nothing.",
      "Exit status: 0 done, 1 refused (the problems are printed), 3 no daemon answers."
    })
public final class ReloadCommand extends AskDaemon {
  @Override
  int ask(AdminClient client) throws IOException, Refused {
    var answer = client.post("/v1/reload", Patience.RELOAD_ANSWER);
    var isDone = isDone(answer);
    print(isDone ? out() : err(), answer.body());
    return status(isDone);
  }
}
