// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lvsdirector.director.admin.AdminClient.NoStatusException;

/** What to say when no daemon answers. */
final class DaemonHint {
  private DaemonHint() {}

  static String noDaemon(Path socket, IOException reason) {
    if (reason instanceof NoStatusException) {
      return "director: the daemon on " + socket + " says: " + reason.getMessage();
    }
    var why =
        Files.exists(socket)
            ? "(" + reason.getMessage() + ")"
            : "(there is no such socket; is `director run` running, and does it use another one?"
                + " see --socket)";
    return "director: no daemon answers on " + socket + " " + why;
  }
}
