// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the siblings of an IPv4 address that is deleted: unless {@code promote_secondaries} is on,
 * the kernel deletes with the first address of a network all others of that network; ip-sysctl.rst.
 */
final class Promotion {
  private static final Logger LOG = LoggerFactory.getLogger(Promotion.class);
  private static final Path CONF = Path.of("/proc/sys/net/ipv4/conf");

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

  /** Switches promotion on where it is needed; returns where it was off before. */
  static List<Path> allow(Collection<InterfaceAddress> endangered, Interfaces seen) {
    var changed = new ArrayList<Path>();
    for (var device : devices(endangered, seen)) {
      var setting = CONF.resolve(device).resolve("promote_secondaries");
      if (!isOn(setting) && !isOn(CONF.resolve("all/promote_secondaries")) && set(setting, "1")) {
        changed.add(setting);
      }
    }
    return changed;
  }

  /** Sets promotion back. */
  static void restore(List<Path> changed) {
    changed.forEach(setting -> set(setting, "0"));
  }

  private static Set<String> devices(Collection<InterfaceAddress> addresses, Interfaces seen) {
    return addresses.stream()
        .map(address -> seen.nameOf(address.linkIndex()))
        .collect(Collectors.toSet());
  }

  private static boolean isOn(Path setting) {
    try {
      return !Sysctl.read(setting).equals("0");
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean set(Path setting, String value) {
    try {
      Files.writeString(setting, value);
      return true;
    } catch (IOException e) {
      LOG.warn("cannot set {} to {}: {}", setting, value, e.toString());
      return false;
    }
  }
}
