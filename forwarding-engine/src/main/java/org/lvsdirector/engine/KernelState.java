// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's settings, beside what they should be.
 *
 * @param sysctls {@code /proc/sys}
 */
public record KernelState(Path sysctls) {
  private static final Logger LOG = LoggerFactory.getLogger(KernelState.class);

  /** What a setting is now; empty when this kernel does not have it, or not yet. */
  public Optional<String> present(KernelNeed setting) {
    return read(sysctls.resolve(setting.path()));
  }

  /** Whether a setting is as it must be, or is none of this kernel. */
  public boolean isRight(KernelNeed setting) {
    return present(setting).map(value -> setting.isRight(value, devices(setting))).orElse(true);
  }

  /** The values for the devices of a setting that is named for all of them. */
  private Map<String, String> devices(KernelNeed setting) {
    var parts = setting.path().split("/all/", 2);
    var values = new TreeMap<String, String>();
    if (parts.length < 2) {
      return values;
    }
    try (var folders = Files.list(sysctls.resolve(parts[0]))) {
      for (var folder : folders.toList()) {
        var name = String.valueOf(folder.getFileName());
        if (!List.of("all", "default", "lo").contains(name)) {
          read(folder.resolve(parts[1])).ifPresent(value -> values.put(name, value));
        }
      }
    } catch (IOException e) {
      LOG.debug("cannot list the devices of {}", setting.name(), e);
    }
    return values;
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Sysctl.read(file).replaceAll("\\s+", " "));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
