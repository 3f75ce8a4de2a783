// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NetworkLink;

/**
 * This machine's interfaces and their addresses at one moment.
 *
 * @param links the interfaces
 * @param addresses the addresses of all of them
 */
record Interfaces(List<NetworkLink> links, List<InterfaceAddress> addresses) {
  Interfaces {
    links = List.copyOf(links);
    addresses = List.copyOf(addresses);
  }

  /** The interface that has this name, or has it as an alternative one. */
  Optional<NetworkLink> link(String name) {
    return links.stream().filter(link -> link.isCalled(name)).findFirst();
  }

  /** The interface of this number. */
  Optional<NetworkLink> link(int index) {
    return links.stream().filter(link -> link.index() == index).findFirst();
  }

  /** The name of an interface, for people. */
  String nameOf(int index) {
    return link(index).map(NetworkLink::name).orElse("interface " + index);
  }

  /**
   * Where a virtual address belongs: on the device that lvs.cf names or, when it names none, on the
   * first one with an address in whose network it is.
   */
  Optional<NetworkLink> placeOf(VirtualAddress virtual) {
    if (!virtual.device().isEmpty()) {
      return link(virtual.device());
    }
    var host = host(virtual.address());
    return addresses.stream()
        .filter(own -> !own.address().equals(host) && own.prefix() < host.bits())
        .filter(own -> own.address().isInNetworkOf(host, own.prefix()))
        .findFirst()
        .flatMap(own -> link(own.linkIndex()));
  }

  /** Every place at which each address is. */
  Map<HostAddress, List<InterfaceAddress>> byHost() {
    var places = new HashMap<HostAddress, List<InterfaceAddress>>();
    for (var address : addresses) {
      places.computeIfAbsent(address.address(), _ -> new ArrayList<>()).add(address);
    }
    return places;
  }

  /** The names of all interfaces, for people. */
  String names() {
    return links.stream().map(NetworkLink::name).sorted().collect(Collectors.joining(", "));
  }

  /** The MAC addresses of this machine. */
  Set<MacAddress> macs() {
    var macs = new HashSet<MacAddress>();
    links.forEach(link -> macs.add(link.mac()));
    return macs;
  }

  /** A configured address as the kernel has it. */
  static HostAddress host(IpAddress address) {
    return HostAddress.of(address.bytes());
  }

  /** An address of the kernel, for people. */
  static String text(HostAddress address) {
    return IpAddress.ofBytes(address.bytes()).toString();
  }
}
