// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code director status}: both directors, their links, every service and server. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows both directors, their links, every virtual service and real server.",
      "Exit status: 0 shown, 3 no daemon answers."
    })
public final class StatusCommand extends AskDaemon {
  @Mixin private JsonOption json = new JsonOption();

  @Override
  int ask(AdminClient client) throws IOException {
    var report = client.status();
    print(out(), json.isJson() ? Json.text(report) : StatusText.of(report));
    return ExitStatus.DONE;
  }
}
