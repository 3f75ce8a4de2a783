// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/**
 * Whether virtual addresses go where their networks are. An address on the interface of another
 * network is held and announced, and nobody who asks for it hears of it: that happens where
 * interfaces changed places at a boot.
 *
 * @param own the addresses of this machine
 * @param config lvs.cf
 */
record AddressFindings(List<Own> own, Config config) {

  /**
   * An address of this machine.
   *
   * @param device its interface
   * @param address the address
   * @param prefix the prefix length of its network
   */
  record Own(String device, IpAddress address, int prefix) {
    private boolean isNetworkOf(VirtualAddress virtual) {
      return address.family() == virtual.address().family()
          && !address.equals(virtual.address())
          && prefix < address.family().bits()
          && address.masked(prefix).equals(virtual.address().masked(prefix));
    }
  }

  static AddressFindings ofThisMachine(Config config) {
    return new AddressFindings(addresses(), config);
  }

  List<Finding> all() {
    return config.heldAddresses().stream().map(this::elsewhere).flatMap(Optional::stream).toList();
  }

  private Optional<Finding> elsewhere(VirtualAddress virtual) {
    var networks = own.stream().filter(at -> at.isNetworkOf(virtual)).toList();
    if (networks.isEmpty() || networks.stream().anyMatch(at -> isOn(virtual.device(), at))) {
      return Optional.empty();
    }
    var network = networks.getFirst();
    return Optional.of(
        Finding.warning(
            "virtual address " + virtual.address(),
            "goes on %s, but its network is on %s (%s/%d): nobody there would find it"
                .formatted(virtual.device(), network.device, network.address, network.prefix),
            "write device = %s in lvs.cf, or give the interfaces names that stay (systemd.link(5))"
                .formatted(network.device)));
  }

  /** An interface that this machine does not have under this name may have another one. */
  private boolean isOn(String device, Own at) {
    return at.device.equals(device) || own.stream().noneMatch(one -> one.device.equals(device));
  }

  private static List<Own> addresses() {
    var found = new ArrayList<Own>();
    try {
      for (var device : NetworkInterface.networkInterfaces().toList()) {
        for (var at : device.getInterfaceAddresses()) {
          found.add(new Own(device.getName(), ip(at.getAddress()), at.getNetworkPrefixLength()));
        }
      }
    } catch (SocketException _) {
      return List.of();
    }
    return found;
  }

  private static IpAddress ip(InetAddress address) {
    return IpAddress.ofBytes(address.getAddress());
  }
}
