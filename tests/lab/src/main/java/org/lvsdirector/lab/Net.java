// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

/** The networks of the lab, each a bridge of its own in the switch's namespace. */
public enum Net {
  /** Clients, the router and both directors. */
  PUBLIC(1, "eth0", "192.0.2.", "2001:db8:2::"),
  /** The two directors only. */
  PRIVATE(2, "eth1", "10.10.0.", "fd00:10::"),
  /** The directors and the real servers. */
  INNER(3, "eth2", "10.20.0.", "fd00:20::");

  private final int number;
  private final String device;
  private final String prefix4;
  private final String prefix6;

  Net(int number, String device, String prefix4, String prefix6) {
    this.number = number;
    this.device = device;
    this.prefix4 = prefix4;
    this.prefix6 = prefix6;
  }

  /** The hosts' device on it. */
  public String device() {
    return device;
  }

  /** The IPv4 address of a host on it; the network is a /24. */
  public String ipv4(int number) {
    return prefix4 + number;
  }

  /** The IPv6 address of a host on it; the network is a /64. */
  public String ipv6(int number) {
    return prefix6 + number;
  }

  /** The bridge in the switch. */
  String bridge() {
    return "br-" + device;
  }

  /** The switch's port to a host. */
  String port(int number) {
    return device + "-" + number;
  }

  /** The link-layer address of a host's device on it. */
  public String mac(int host) {
    return "02:00:00:00:%02x:%02x".formatted(this.number, host);
  }
}
