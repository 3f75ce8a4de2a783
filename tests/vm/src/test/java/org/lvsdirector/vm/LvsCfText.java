// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.util.ArrayList;
import java.util.List;

/** An lvs.cf for the hosts of {@link Network}, put together line by line. */
final class LvsCfText {
  private static final String HEAD =
      """
      primary = 10.9.0.1
      backup = 10.9.0.3
      backup_active = 1
      heartbeat_port = 5390
      keepalive = 500ms
      deadtime = 4.2s
      network = direct
      nat_router = 10.9.0.254 eth0:9
      """;

  private final StringBuilder text;
  private final List<String> addresses = new ArrayList<>();

  /**
   * One without services yet.
   *
   * @param more further lines of the top level
   */
  LvsCfText(String... more) {
    text = new StringBuilder(HEAD);
    for (var line : more) {
      text.append(line).append('\n');
    }
  }

  /**
   * Adds a service of the web servers, checked by TCP connections unless the lines say otherwise.
   *
   * @param address its address; on the outside where it belongs there
   * @param lines what else the block says
   */
  LvsCfText service(String name, String address, String... lines) {
    var isOutside = address.startsWith("10.9.1.") || address.startsWith("fd09:1:");
    var isIpv6 = address.indexOf(':') >= 0;
    text.append("virtual %s {%n".formatted(name));
    line("active = 1");
    line("address = %s %s:%d".formatted(address, isOutside ? "eth1" : "eth0", label(address)));
    line("vip_nmask = " + (isIpv6 ? "128" : "255.255.255.255"));
    line("scheduler = rr");
    line("interval = 1s");
    line("timeout = 5s");
    line("rise = 1");
    line("fall = 3");
    List.of(lines).forEach(this::line);
    for (var i = 0; i < Network.WEBS.size(); i++) {
      line("server %s {".formatted(Network.WEBS.get(i)));
      line("\taddress = " + (isIpv6 ? "fd09::1" : "10.9.0.1") + (i + 1));
      line("\tactive = 1");
      line("\tweight = 1");
      line("}");
    }
    text.append("}\n");
    return this;
  }

  /** The same for all services of an address. */
  private int label(String address) {
    if (!addresses.contains(address)) {
      addresses.add(address);
    }
    return 10 + addresses.indexOf(address);
  }

  private void line(String line) {
    text.append('\t').append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
