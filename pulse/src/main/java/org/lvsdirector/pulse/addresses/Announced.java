package org.lvsdirector.pulse.addresses;

import java.util.List;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NeighbourFrame;

/**
 * An address to announce, and where.
 *
 * @param address the address
 * @param linkIndex the interface
 * @param mac the interface's MAC address
 * @param isRouter whether this machine forwards IPv6 there, which its neighbours are told
 */
record Announced(HostAddress address, int linkIndex, MacAddress mac, boolean isRouter) {

  /**
   * The frames of one announcement, the most important first. Neighbours differ in whether they
   * heed a question or an answer, so IPv4 is announced both ways.
   */
  List<byte[]> frames() {
    return address.isIpv6()
        ? List.of(NeighbourFrame.unsolicited(mac, address, isRouter).encode())
        : List.of(
            ArpFrame.gratuitousRequest(mac, address).encode(),
            ArpFrame.gratuitousReply(mac, address).encode());
  }
}
