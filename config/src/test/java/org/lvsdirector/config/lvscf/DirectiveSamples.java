// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** For every directive that has an effect: two values of it that mean something else. */
final class DirectiveSamples {
  private static final String PAIR = "primary = 192.0.2.1\nbackup = 192.0.2.2\nbackup_active = 1\n";

  private DirectiveSamples() {}

  /**
   * Two files that differ in one directive.
   *
   * @param context lines beside it that it needs
   */
  record Sample(Scope scope, String word, List<String> context, String one, String other) {
    String first() {
      return file(one);
    }

    String second() {
      return file(other);
    }

    private String file(String value) {
      var line = word + " = " + value + "\n";
      return PAIR
          + lines(Scope.GLOBAL, line)
          + "virtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\nvip_nmask = /24\n"
          + lines(Scope.VIRTUAL, line)
          + "server one {\nactive = 1\naddress = 10.10.0.9\nweight = 9\n"
          + lines(Scope.SERVER, line)
          + "}\n}\n"
          + (scope == Scope.LINK
              ? "link third {\nprimary = 10.3.0.1\nbackup = 10.3.0.2\n" + line + "}\n"
              : "")
          + (scope == Scope.FAILOVER || word.equals("service")
              ? "failover ftp {\nactive = 1\naddress = 192.0.2.81 eth0:2\nvip_nmask = /24\n"
                  + "start_cmd = \"/bin/a\"\nstop_cmd = \"/bin/b\"\n"
                  + lines(Scope.FAILOVER, line)
                  + "}\nfailover other {\nactive = 1\naddress = 192.0.2.82 eth0:3\n"
                  + "vip_nmask = /24\nstart_cmd = \"/bin/a\"\nstop_cmd = \"/bin/b\"\n}\n"
              : "");
    }

    /** The context is in lines such as {@code virtual: port = 53}, or in those of the directive. */
    private String lines(Scope where, String line) {
      var text = new StringBuilder();
      for (var one : context) {
        var colon = one.indexOf(": ");
        var at =
            colon < 0 ? scope : Scope.valueOf(one.substring(0, colon).toUpperCase(Locale.ROOT));
        if (at == where) {
          text.append(one.substring(colon < 0 ? 0 : colon + 2)).append('\n');
        }
      }
      return text.append(scope == where ? line : "").toString();
    }

    @Override
    public String toString() {
      return scope + " " + word;
    }
  }

  /** The samples of the directives that have an effect in their blocks. */
  static List<Sample> all() {
    return Stream.of(GLOBAL, VIRTUAL, SERVER, LINK, FAILOVER).flatMap(List::stream).toList();
  }

  private static Sample of(Scope scope, String word, String one, String other, String... context) {
    return new Sample(scope, word, Arrays.asList(context), one, other);
  }

  private static final List<Sample> GLOBAL =
      List.of(
          of(Scope.GLOBAL, "primary", "192.0.2.1", "192.0.2.3"),
          of(Scope.GLOBAL, "primary_private", "10.0.0.1", "10.0.0.3", "backup_private = 10.0.0.2"),
          of(Scope.GLOBAL, "service", "lvs", "fos"),
          of(Scope.GLOBAL, "backup_active", "1", "0"),
          of(Scope.GLOBAL, "backup", "192.0.2.2", "192.0.2.3"),
          of(Scope.GLOBAL, "backup_private", "10.0.0.2", "10.0.0.3", "primary_private = 10.0.0.1"),
          of(Scope.GLOBAL, "heartbeat_port", "600", "601"),
          of(Scope.GLOBAL, "keepalive", "100ms", "200ms", "deadtime = 950ms"),
          of(Scope.GLOBAL, "deadtime", "750ms", "950ms", "keepalive = 100ms"),
          of(Scope.GLOBAL, "ping_target", "192.0.2.254", "192.0.2.253"),
          of(Scope.GLOBAL, "witness", "192.0.2.9", "192.0.2.10"),
          of(Scope.GLOBAL, "failback", "none", "synced", "syncdaemon = 1"),
          of(Scope.GLOBAL, "network", "nat", "direct"),
          of(Scope.GLOBAL, "nat_router", "10.0.0.254 eth1:1", "10.0.0.253 eth1:1"),
          of(Scope.GLOBAL, "nat_nmask", "/24", "/16", "nat_router = 10.0.0.254 eth1:1"),
          of(Scope.GLOBAL, "active_cmd", "\"/bin/a\"", "\"/bin/b\""),
          of(Scope.GLOBAL, "inactive_cmd", "\"/bin/a\"", "\"/bin/b\""),
          of(Scope.GLOBAL, "notify", "\"/bin/a\"", "\"/bin/b\""),
          of(Scope.GLOBAL, "monitor_links", "0", "1"),
          of(Scope.GLOBAL, "syncdaemon", "0", "1"),
          of(Scope.GLOBAL, "syncd_iface", "eth0", "eth1", "syncdaemon = 1"),
          of(Scope.GLOBAL, "syncd_id", "1", "2", "syncdaemon = 1"),
          of(Scope.GLOBAL, "tcp_timeout", "60", "61"),
          of(Scope.GLOBAL, "tcpfin_timeout", "60", "61"),
          of(Scope.GLOBAL, "udp_timeout", "60", "61"));

  private static final List<Sample> VIRTUAL =
      List.of(
          of(Scope.VIRTUAL, "active", "1", "0"),
          of(Scope.VIRTUAL, "address", "192.0.2.80 eth0:1", "192.0.2.90 eth0:1"),
          of(Scope.VIRTUAL, "sorry_server", "10.10.0.50", "10.10.0.51"),
          of(Scope.VIRTUAL, "vip_nmask", "/24", "/25"),
          of(Scope.VIRTUAL, "fwmark", "0", "7"),
          of(Scope.VIRTUAL, "port", "80", "81"),
          of(Scope.VIRTUAL, "persistent", "0", "60"),
          of(Scope.VIRTUAL, "pmask", "/32", "/24", "persistent = 60"),
          of(Scope.VIRTUAL, "scheduler", "wlc", "rr"),
          of(Scope.VIRTUAL, "scheduler_flags", "fallback", "port", "scheduler = sh"),
          of(
              Scope.VIRTUAL,
              "one_packet",
              "0",
              "1",
              "protocol = udp",
              "send = \"x\"",
              "expect = \"*\""),
          of(Scope.VIRTUAL, "quorum", "1", "2", "notify = \"/bin/a\""),
          of(Scope.VIRTUAL, "hysteresis", "0", "1", "notify = \"/bin/a\"", "quorum = 3"),
          of(Scope.VIRTUAL, "tunnel_type", "ipip", "gre", "network = tunnel"),
          of(Scope.VIRTUAL, "tunnel_port", "6080", "6081", "network = tunnel", "tunnel_type = gue"),
          of(
              Scope.VIRTUAL,
              "tunnel_checksum",
              "none",
              "full",
              "network = tunnel",
              "tunnel_type = gre"),
          of(Scope.VIRTUAL, "network", "nat", "direct"),
          of(Scope.VIRTUAL, "protocol", "tcp", "udp", "send = \"x\"", "expect = \"*\""),
          of(Scope.VIRTUAL, "quiesce_server", "0", "1"),
          of(Scope.VIRTUAL, "notify", "\"/bin/a\"", "\"/bin/b\""),
          of(Scope.VIRTUAL, "send", "\"a\"", "\"b\"", "expect = \"*\""),
          of(Scope.VIRTUAL, "expect", "\"a\"", "\"b\""),
          of(Scope.VIRTUAL, "use_regex", "0", "1", "expect = \"a\""),
          of(Scope.VIRTUAL, "check", "tcp", "none"),
          of(Scope.VIRTUAL, "check_port", "81", "82"),
          of(Scope.VIRTUAL, "send_program", "\"/bin/a\"", "\"/bin/b\""),
          of(Scope.VIRTUAL, "timeout", "5", "6"),
          of(Scope.VIRTUAL, "interval", "5", "6"),
          of(Scope.VIRTUAL, "reentry", "60", "90"),
          of(Scope.VIRTUAL, "rise", "2", "3"),
          of(Scope.VIRTUAL, "fall", "2", "3"));

  private static final List<Sample> SERVER =
      List.of(
          of(Scope.SERVER, "active", "1", "0"),
          of(Scope.SERVER, "address", "10.10.0.9", "10.10.0.8"),
          of(Scope.SERVER, "port", "80", "81"),
          of(Scope.SERVER, "weight", "8", "9"),
          of(Scope.SERVER, "network", "nat", "direct"),
          of(Scope.SERVER, "upper_threshold", "100", "200"),
          of(Scope.SERVER, "lower_threshold", "10", "20", "upper_threshold = 100"),
          of(Scope.SERVER, "tunnel_type", "ipip", "gre", "network = tunnel"),
          of(Scope.SERVER, "tunnel_port", "6080", "6081", "network = tunnel", "tunnel_type = gue"),
          of(
              Scope.SERVER,
              "tunnel_checksum",
              "none",
              "full",
              "network = tunnel",
              "tunnel_type = gre"));

  private static final List<Sample> LINK =
      List.of(
          of(Scope.LINK, "primary", "10.3.0.1", "10.3.0.3"),
          of(Scope.LINK, "backup", "10.3.0.2", "10.3.0.3"));

  private static final List<Sample> FAILOVER =
      List.of(
          of(Scope.FAILOVER, "active", "1", "0", "global: service = fos"),
          of(
              Scope.FAILOVER,
              "address",
              "192.0.2.91 eth0:1",
              "192.0.2.90 eth0:1",
              "global: service = fos"),
          of(Scope.FAILOVER, "vip_nmask", "/24", "/25", "global: service = fos"),
          of(Scope.FAILOVER, "protocol", "tcp", "udp", "global: service = fos"),
          of(Scope.FAILOVER, "port", "21", "22", "global: service = fos"),
          of(Scope.FAILOVER, "start_cmd", "\"/bin/a\"", "\"/bin/b\"", "global: service = fos"),
          of(Scope.FAILOVER, "stop_cmd", "\"/bin/a\"", "\"/bin/b\"", "global: service = fos"));
}
