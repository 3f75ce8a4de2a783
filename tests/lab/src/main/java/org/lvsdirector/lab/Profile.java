// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.util.List;

/**
 * What differs between the pairs of the lab.
 *
 * @param keepalive as in lvs.cf
 * @param deadtime as in lvs.cf
 * @param top further lines of the top level of lvs.cf
 * @param addresses how many virtual IPv4 addresses there are
 * @param settings further settings of director.conf, {@code name=value}
 * @param isChecking whether the real servers of the TCP service are checked, each once a second
 * @param isIpv6 whether heartbeats go over IPv6, and there is a TCP service on the IPv6 address
 */
public record Profile(
    String keepalive,
    String deadtime,
    List<String> top,
    int addresses,
    List<String> settings,
    boolean isChecking,
    boolean isIpv6) {

  /** The defaults of the software, spelled out. */
  public static final Profile DEFAULT = of("100ms", "750ms");

  /** The quick ones. */
  public static final Profile TUNED = of("20ms", "70ms");

  public Profile {
    top = List.copyOf(top);
    settings = List.copyOf(settings);
  }

  /** With one virtual address, and checks. */
  public static Profile of(String keepalive, String deadtime) {
    return new Profile(keepalive, deadtime, List.of(), 1, List.of(), true, false);
  }

  /** Without checks of real servers. */
  public Profile unchecked() {
    return new Profile(keepalive, deadtime, top, addresses, settings, false, isIpv6);
  }

  /** With heartbeats over IPv6 alone, and a TCP service there. */
  public Profile ipv6() {
    return new Profile(keepalive, deadtime, top, addresses, settings, isChecking, true);
  }

  /** With further lines of lvs.cf. */
  public Profile with(String... lines) {
    return new Profile(
        keepalive, deadtime, List.of(lines), addresses, settings, isChecking, isIpv6);
  }

  /** With settings of director.conf. */
  public Profile set(String... more) {
    return new Profile(keepalive, deadtime, top, addresses, List.of(more), isChecking, isIpv6);
  }

  /** With so many virtual addresses. */
  public Profile addresses(int number) {
    return new Profile(keepalive, deadtime, top, number, settings, isChecking, isIpv6);
  }

  /** The deadtime, which is in milliseconds here. */
  public long deadtimeMillis() {
    return Long.parseLong(deadtime.replace("ms", ""));
  }

  /** The keepalive, which is in milliseconds here. */
  public long keepaliveMillis() {
    return Long.parseLong(keepalive.replace("ms", ""));
  }

  /** For how long both may have the address while anything gets across: docs/failover.md. */
  public long dualBoundMillis() {
    return 3 * deadtimeMillis() + 5 * keepaliveMillis();
  }

  /** The last part of a further virtual address, which are in 198.18.0.0/15. */
  static String furtherAddress(int number) {
    return "198.18." + number / 250 + "." + (number % 250 + 1);
  }

  /** The lvs.cf. */
  String lvsCf() {
    var text = new StringBuilder();
    text.append(
        """
        primary = %s
        primary_private = %s
        backup = %s
        backup_private = %s
        backup_active = 1
        heartbeat_port = 539
        network = nat
        keepalive = %s
        deadtime = %s
        """
            .formatted(
                end(Net.PUBLIC, Node.PRIMARY),
                end(Net.PRIVATE, Node.PRIMARY),
                end(Net.PUBLIC, Node.BACKUP),
                end(Net.PRIVATE, Node.BACKUP),
                keepalive,
                deadtime));
    top.forEach(line -> text.append(line).append('\n'));
    text.append(service("tcp", Lab.VIRTUAL_4 + " eth0:1", "tcp"));
    text.append(service("udp", Lab.VIRTUAL_4 + " eth0:1", "udp"));
    text.append(service("udp6", Lab.VIRTUAL_6 + " eth0:2", "udp"));
    if (isIpv6) {
      text.append(service("tcp6", Lab.VIRTUAL_6 + " eth0:2", "tcp"));
    }
    for (var i = 1; i < addresses; i++) {
      text.append(service("further" + i, furtherAddress(i) + " eth0:" + (i + 2), "udp"));
    }
    return text.toString();
  }

  /** A director's end of a link. */
  private String end(Net net, Node node) {
    return isIpv6 ? net.ipv6(node.number()) : net.ipv4(node.number());
  }

  private static String mask(String address) {
    if (address.startsWith("198.18.")) {
      return "/32";
    }
    return isIpv6(address) ? "/64" : "/24";
  }

  private static boolean isIpv6(String address) {
    return address.indexOf(':') < address.indexOf(' ');
  }

  private String service(String name, String address, String protocol) {
    var text = new StringBuilder();
    text.append(
        """
        virtual %s {
        	active = 1
        	address = %s
        	vip_nmask = %s
        	port = %d
        	protocol = %s
        	scheduler = rr
        	check = %s
        """
            .formatted(
                name,
                address,
                mask(address),
                Lab.PORT,
                protocol,
                isChecking && protocol.equals("tcp") ? "tcp" : "none"));
    text.append("\tinterval = 1\n\ttimeout = 2\n\trise = 1\n\tfall = 3\n");
    for (var web : Lab.WEBS) {
      text.append(
          """
          	server %s {
          		address = %s
          		active = 1
          		port = %d
          	}
          """
              .formatted(
                  web.word(),
                  isIpv6(address) ? Net.INNER.ipv6(web.number()) : Net.INNER.ipv4(web.number()),
                  Lab.PORT));
    }
    return text.append("}\n").toString();
  }
}
