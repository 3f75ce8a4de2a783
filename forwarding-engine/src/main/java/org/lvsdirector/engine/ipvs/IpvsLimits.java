// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.engine.Unserved;
import org.lvsdirector.engine.table.TableOp;

/** What kernel IPVS cannot do, whatever the machine. Pure. */
final class IpvsLimits {
  private IpvsLimits() {}

  /** The services that it cannot serve. */
  static List<Unserved> unserved(Config config) {
    return config.services().stream()
        .flatMap(
            service ->
                service.servers().stream()
                    .map(server -> server.endpoint().address())
                    .filter(address -> !address.zone().isEmpty())
                    .limit(1)
                    .map(address -> Unserved.of(service, reason(address))))
        .toList();
  }

  /** Why a change cannot be made; null when it can. */
  static @Nullable String reasonAgainst(TableOp change) {
    return switch (change) {
      case TableOp.AddServer add -> reasonAgainst(add.server().endpoint().address());
      case TableOp.SetServer set -> reasonAgainst(set.server().endpoint().address());
      case TableOp.AddService _,
          TableOp.SetService _,
          TableOp.DeleteService _,
          TableOp.DeleteServer _ ->
          null;
    };
  }

  private static @Nullable String reasonAgainst(IpAddress address) {
    return address.zone().isEmpty() ? null : reason(address);
  }

  private static String reason(IpAddress address) {
    return "kernel IPVS has no zones, and " + address + " is link-local; the proxy engine can";
  }
}
