// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.util.List;

/**
 * A network interface.
 *
 * @param index its number; never used again in one network namespace
 * @param name such as {@code eth0}
 * @param type what it is, a number of linux/if_arp.h
 * @param flags IFF_UP and others of linux/if.h
 * @param mac its address; {@link MacAddress#NONE} for one that has none, or a longer one
 * @param master the index of the bridge, bond or VRF that it is part of; 0 for none
 * @param otherNames its alternative names, which may be longer than 15 characters
 */
public record NetworkLink(
    int index,
    String name,
    int type,
    int flags,
    MacAddress mac,
    int master,
    List<String> otherNames) {

  private static final int ARPHRD_ETHER = 1; // linux/if_arp.h
  private static final int IFF_UP = 0x1; // linux/if.h
  private static final int IFF_LOOPBACK = 0x8; // linux/if.h
  private static final int IFF_NOARP = 0x80; // linux/if.h
  private static final int IFF_LOWER_UP = 0x10000; // linux/if.h

  public NetworkLink {
    otherNames = List.copyOf(otherNames);
  }

  /** An interface with one name. */
  public NetworkLink(int index, String name, int type, int flags, MacAddress mac, int master) {
    this(index, name, type, flags, mac, master, List.of());
  }

  /** Whether one of its names is this. */
  public boolean isCalled(String one) {
    return name.equals(one) || otherNames.contains(one);
  }

  /** Whether it is switched on. */
  public boolean isUp() {
    return (flags & IFF_UP) != 0;
  }

  /** Whether it is switched on and its lower layer works, such as a plugged cable. */
  public boolean hasCarrier() {
    return isUp() && (flags & IFF_LOWER_UP) != 0;
  }

  /** Whether it reaches this machine only. */
  public boolean isLoopback() {
    return (flags & IFF_LOOPBACK) != 0;
  }

  /** Whether its neighbours remember MAC addresses, which announcements and probes are about. */
  public boolean hasNeighbours() {
    return type == ARPHRD_ETHER && (flags & (IFF_NOARP | IFF_LOOPBACK)) == 0;
  }
}
