// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.directorconf.DirectorConf;
import picocli.CommandLine.Option;

/** Which director.conf a command reads. */
final class ConfFileOption {
  @Option(
      names = {"-c", "--conf"},
      paramLabel = "FILE",
      description = "director.conf (default: /etc/lvs-director/director.conf when it exists).")
  private @Nullable Path conf;

  /** The director.conf to read; null for none. */
  @Nullable Path file() {
    if (conf != null) {
      return conf;
    }
    return Files.exists(SocketOption.INSTALLED_CONF) ? SocketOption.INSTALLED_CONF : null;
  }

  /** Reads it, with these settings in place of its own. */
  DirectorConf.Parsed read(Map<String, String> overrides) {
    return DirectorConf.read(file(), overrides);
  }
}
