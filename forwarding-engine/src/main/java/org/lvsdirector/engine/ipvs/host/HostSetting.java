// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress.Family;

/**
 * A kernel setting without which a director with kernel IPVS serves its clients badly, or not at
 * all. Pure.
 *
 * @param name its dotted name
 * @param value what it must be
 * @param otherwise what happens while it is something else
 * @param isVital whether some service does not work at all without it
 */
public record HostSetting(String name, String value, String otherwise, boolean isVital) {
  private static final String ALL_RP_FILTER = "net.ipv4.conf.all.rp_filter";
  private static final String STRICT = "1";

  /** What this lvs.cf needs. */
  public static List<HostSetting> needed(Config config) {
    var needed = new ArrayList<HostSetting>();
    if (has(config, Family.IPV4)) {
      needed.add(
          new HostSetting(
              "net.ipv4.ip_forward",
              "1",
              "replies of real servers behind NAT are not forwarded",
              true));
    }
    if (has(config, Family.IPV6)) {
      needed.add(
          new HostSetting(
              "net.ipv6.conf.all.forwarding",
              "1",
              "replies of real servers behind NAT are not forwarded",
              true));
    }
    needed.add(
        new HostSetting(
            ALL_RP_FILTER,
            "2",
            "what comes another way than its answer would go is dropped: clients and heartbeats on"
                + " a machine with several networks",
            false));
    needed.addAll(TABLE);
    return needed;
  }

  private static final List<HostSetting> TABLE =
      List.of(
          new HostSetting(
              "net.ipv4.vs.conn_reuse_mode",
              "1",
              "a client that uses a port again is sent to the server of its last connection, even"
                  + " one that is gone",
              false),
          new HostSetting(
              "net.ipv4.vs.expire_nodest_conn",
              "1",
              "connections to a server that failed and left the table hang until they time out,"
                  + " instead of ending at once",
              false),
          new HostSetting(
              "net.ipv4.vs.expire_quiescent_template",
              "1",
              "clients that stick to a server go on to it although its weight is 0, until their"
                  + " persistence times out",
              false));

  private static boolean has(Config config, Family family) {
    return config.services().stream()
        .flatMap(service -> service.servers().stream())
        .anyMatch(
            server ->
                server.method() == ForwardingMethod.NAT
                    && server.endpoint().address().family() == family);
  }

  /**
   * Whether it is as it must be.
   *
   * @param present what it is
   * @param devices its values for each device, where there are such; only for rp_filter, whose
   *     effective value is the higher one of {@code all} and the device's
   */
  public boolean isRight(String present, Map<String, String> devices) {
    if (!name.equals(ALL_RP_FILTER)) {
      return present.equals(value);
    }
    return present.equals(value) || !present.equals(STRICT) && !devices.values().contains(STRICT);
  }

  /** Whether only the kernel's table needs it, and no other engine. */
  public boolean isOfTable() {
    return !name.equals(ALL_RP_FILTER);
  }

  /** Where it is below {@code /proc/sys}. */
  public String path() {
    return name.replace('.', '/');
  }
}
