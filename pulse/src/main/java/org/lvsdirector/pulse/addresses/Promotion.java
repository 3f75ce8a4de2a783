// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.KeptSettings;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the siblings of an IPv4 address that is deleted: unless {@code promote_secondaries} is on,
 * the kernel deletes with the first address of a network all others of that network; ip-sysctl.rst.
 */
final class Promotion {
  private static final Logger LOG = LoggerFactory.getLogger(Promotion.class);
  private static final Path SYSCTLS = Path.of("/proc/sys");

  private Promotion() {}

  /** The addresses that would go along with these, though they should stay. */
  static List<InterfaceAddress> endangered(Collection<InterfaceAddress> deleted, Interfaces seen) {
    var primaries =
        deleted.stream()
            .filter(address -> !address.address().isIpv6() && !address.isSecondary())
            .toList();
    var goes = new HashSet<>(deleted);
    return seen.addresses().stream()
        .filter(address -> address.isSecondary() && !goes.contains(address))
        .filter(address -> primaries.stream().anyMatch(primary -> isSibling(primary, address)))
        .toList();
  }

  private static boolean isSibling(InterfaceAddress primary, InterfaceAddress other) {
    return primary.linkIndex() == other.linkIndex()
        && primary.prefix() == other.prefix()
        && primary.peer().isInNetworkOf(other.peer(), primary.prefix());
  }

  /**
   * Switches promotion on where it is needed, until it is put back. Not noted on the disk, for
   * which no takeover waits.
   */
  static KeptSettings allow(Collection<InterfaceAddress> endangered, Interfaces seen) {
    var kept = KeptSettings.unnoted(SYSCTLS);
    for (var device : devices(endangered, seen)) {
      try {
        if (!isOn("all")) {
          kept.set(path(device), "1");
        }
      } catch (IOException e) {
        LOG.warn("siblings of a deleted address may go with it: {}", e.getMessage());
      }
    }
    return kept;
  }

  /** Sets promotion back. */
  static void restore(KeptSettings changed) {
    changed.putBack().problems().forEach(LOG::warn);
  }

  private static Set<String> devices(Collection<InterfaceAddress> addresses, Interfaces seen) {
    return addresses.stream()
        .map(address -> seen.nameOf(address.linkIndex()))
        .collect(Collectors.toSet());
  }

  private static boolean isOn(String device) {
    try {
      return !Sysctl.read(SYSCTLS.resolve(path(device))).equals("0");
    } catch (IOException _) {
      return false;
    }
  }

  private static String path(String device) {
    return "net/ipv4/conf/" + device + "/promote_secondaries";
  }
}
