// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.engine.TableLoad.Hash;
import org.lvsdirector.linux.Sysctl;

/** How full the kernel's tables are, as far as this process may see it. */
final class KernelLoad {
  private static final Path FILE = Path.of("/" + TableLoadText.FILE);
  private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4/vs");

  private KernelLoad() {}

  /**
   * Reads it; empty before Linux 7.1.
   *
   * @param counted what was counted, for where only root may read
   * @param buckets the size of the table of connections, asked for in that case
   */
  static Optional<TableLoad> read(EngineStats counted, IntSupplier buckets) {
    try {
      return TableLoadText.parse(Files.readString(FILE));
    } catch (AccessDeniedException _) {
      return exponent("conn_lfactor")
          .flatMap(
              first ->
                  exponent("svc_lfactor")
                      .map(second -> estimate(counted, buckets.getAsInt(), first, second)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Without what only root may read: chains, and the size of the table of services. */
  static TableLoad estimate(
      EngineStats counted, int buckets, int connectionExponent, int serviceExponent) {
    var connections =
        counted.servers().values().stream()
            .mapToLong(server -> server.active() + server.inactive())
            .sum();
    return new TableLoad(
        new Hash(connections, buckets, connectionExponent, List.of()),
        new Hash(counted.services().size(), 0, serviceExponent, List.of()));
  }

  private static Optional<Integer> exponent(String name) {
    try {
      return Optional.of(Integer.valueOf(Sysctl.read(SETTINGS.resolve(name))));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }
}
