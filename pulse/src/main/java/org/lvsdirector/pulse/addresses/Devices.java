// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.Collection;
import java.util.LinkedHashSet;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/** Whether the interfaces of the virtual addresses could serve. */
final class Devices {
  private Devices() {}

  /**
   * Why this machine could not hold the addresses, or nobody could reach them; empty when all is
   * well.
   *
   * @param isMonitoringLinks whether an interface without carrier counts, {@code monitor_links}
   */
  static String problem(
      Collection<VirtualAddress> virtuals, Interfaces seen, boolean isMonitoringLinks) {
    var problems = new LinkedHashSet<String>();
    for (var virtual : virtuals) {
      var link = seen.placeOf(virtual);
      if (link.isEmpty()) {
        problems.add(
            virtual.device().isEmpty()
                ? "no interface is in the network of " + virtual.address()
                : "there is no interface " + virtual.device());
      } else if (!link.get().isUp()) {
        problems.add(link.get().name() + " is switched off");
      } else if (isMonitoringLinks && !link.get().hasCarrier()) {
        problems.add(link.get().name() + " has no carrier");
      }
    }
    return String.join(", ", problems);
  }
}
