// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NeighbourFrame;
import org.lvsdirector.linux.NetworkLink;
import org.lvsdirector.linux.Sysctl;
import org.lvsdirector.pulse.addresses.Neighbourhood.Claimant;
import org.lvsdirector.pulse.seal.AnnouncementTag;

/**
 * An address to announce, and where.
 *
 * @param address the address
 * @param linkIndex the interface
 * @param mac the interface's MAC address
 * @param isRouter whether this machine forwards IPv6 there, which its neighbours are told
 */
record Announced(HostAddress address, int linkIndex, MacAddress mac, boolean isRouter) {

  /** Virtual addresses where they belong, as far as there are neighbours who can be told. */
  static List<Announced> where(List<VirtualAddress> virtuals, Interfaces seen) {
    var announced = new ArrayList<Announced>();
    for (var virtual : virtuals) {
      var host = Interfaces.host(virtual.address());
      seen.placeOf(virtual)
          .filter(NetworkLink::hasNeighbours)
          .ifPresent(
              link ->
                  announced.add(
                      new Announced(
                          host, link.index(), link.mac(), host.isIpv6() && isRouter(link))));
    }
    return announced;
  }

  private static boolean isRouter(NetworkLink link) {
    try {
      var setting = Path.of("/proc/sys/net/ipv6/conf", link.name(), "forwarding");
      return !Sysctl.read(setting).equals("0");
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * How many frames one announcement has. Neighbours differ in whether they heed a question or an
   * answer, so IPv4 is announced both ways.
   */
  int frames() {
    return address.isIpv6() ? 1 : 2;
  }

  /**
   * One frame of the announcement, tagged as this director's now.
   *
   * @param number from 0 on, the most important first
   */
  byte[] frame(int number, AnnouncementTag tags) {
    var tag = tags.of(new Claimant(address, mac).bytes(), System.currentTimeMillis());
    if (address.isIpv6()) {
      return NeighbourFrame.unsolicited(mac, address, isRouter).encode(tag);
    }
    var frame =
        number == 0
            ? ArpFrame.gratuitousRequest(mac, address)
            : ArpFrame.gratuitousReply(mac, address);
    return frame.encode(tag);
  }
}
