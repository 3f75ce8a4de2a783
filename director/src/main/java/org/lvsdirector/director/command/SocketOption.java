// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.directorconf.DirectorConf;
import picocli.CommandLine.Option;

/** Which running director a command talks to. */
final class SocketOption {
  static final Path INSTALLED_CONF = Path.of("/etc/lvs-director/director.conf");

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description =
          "The daemon's admin socket (default: $LVS_DIRECTOR_SOCKET, else admin.socket of"
              + " /etc/lvs-director/director.conf).")
  private @Nullable Path socket;

  Path path() {
    if (socket != null) {
      return socket;
    }
    var fromEnvironment = System.getenv("LVS_DIRECTOR_SOCKET");
    if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
      return Path.of(fromEnvironment);
    }
    var file = Files.isReadable(INSTALLED_CONF) ? INSTALLED_CONF : null;
    var conf = DirectorConf.read(file, Map.of()).conf();
    return conf != null ? conf.adminSocket() : Path.of("/run/lvs-director/admin.sock");
  }
}
