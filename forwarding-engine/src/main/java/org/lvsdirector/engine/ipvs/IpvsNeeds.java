// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.List;
import java.util.stream.Stream;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelNeed.When;

/** What kernel IPVS needs of the kernel around it. Pure. */
public final class IpvsNeeds {
  private static final String REPLIES = "replies of real servers behind NAT are not forwarded";

  private static final List<KernelNeed> FORWARDING =
      List.of(
          KernelNeed.module("ip_vs", "there is no table in the kernel"),
          KernelNeed.setting("net.ipv4.ip_forward", "1", REPLIES).when(When.NAT_IPV4, true),
          KernelNeed.setting("net.ipv6.conf.all.forwarding", "1", REPLIES)
              .when(When.NAT_IPV6, true),
          KernelNeed.LOOSE_REVERSE_PATH,
          KernelNeed.setting(
              "net.ipv4.vs.conn_reuse_mode",
              "1",
              "a client that uses a port again is sent to the server of its last connection, even"
                  + " one that is gone"),
          KernelNeed.setting(
              "net.ipv4.vs.expire_nodest_conn",
              "1",
              "connections to a server that failed and left the table hang until they time out,"
                  + " instead of ending at once. With 1, ipvsadm -C by somebody ends all"
                  + " connections, although the table is back within seconds"),
          KernelNeed.setting(
              "net.ipv4.vs.expire_quiescent_template",
              "1",
              "clients that stick to a server go on to it although its weight is 0, until their"
                  + " persistence times out"),
          KernelNeed.setting(
              "net.ipv4.vs.conntrack",
              "",
              "1 tracks the connections through the table, for firewall rules with ct state and for"
                  + " masquerading; 0 does not, which is faster"));

  /** What connection sync needs; on both directors, since either may become active. */
  public static final List<KernelNeed> SYNC =
      Stream.of(
              sync("sync_version", "1", "version 0 knows neither IPv6 nor timeouts"),
              sync("sync_ports", "1", "the directors must use the same, and one port is enough"),
              sync(
                  "sync_sock_size",
                  "4194304",
                  "a burst of new connections does not fit; net.core.rmem_max and wmem_max bound"
                      + " it"),
              sync(
                  "sync_threshold",
                  "0 0",
                  "a connection is told at its 3rd, 53rd packet, not as soon as it is established"),
              sync(
                  "sync_refresh_period",
                  "10",
                  "it is not told again when it has lived 10 s longer, but by its packets"),
              sync("sync_persist_mode", "0", "connections of persistent services are not told"),
              sync("backup_only", "0", "a director whose backup daemon still runs drops packets"))
          .toList();

  /** All of them. */
  static final List<KernelNeed> ALL = Stream.concat(FORWARDING.stream(), SYNC.stream()).toList();

  private IpvsNeeds() {}

  private static KernelNeed sync(String name, String value, String otherwise) {
    return KernelNeed.setting("net.ipv4.vs." + name, value, otherwise)
        .when(When.CONNECTION_SYNC, false);
  }
}
