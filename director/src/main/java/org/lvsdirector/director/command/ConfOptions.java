// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.directorconf.DirectorConf;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which configuration a command reads that does not ask a running director. */
public final class ConfOptions {
  @Mixin private ConfFileOption conf = new ConfFileOption();

  @Option(
      names = "--lvs-cf",
      paramLabel = "FILE",
      description = "lvs.cf (default: lvs-cf of director.conf).")
  private @Nullable Path lvsCf;

  /** The director.conf to read; null for none. */
  public @Nullable Path file() {
    return conf.file();
  }

  /** Reads it, with these settings in place of its own. */
  public DirectorConf.Parsed read(Map<String, String> overrides) {
    var all = new LinkedHashMap<>(overrides);
    if (lvsCf != null) {
      all.put("lvs-cf", lvsCf.toString());
    }
    return conf.read(all);
  }
}
