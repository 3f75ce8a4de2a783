// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem;

/**
 * What Piranha refused without a reason, or accepted and got wrong: each row of the reference's
 * table with the problem that is told and its place.
 *
 * <p>A row's text is put into a file that is otherwise good; its lines count from 1.
 */
class MalformedTest {
  private static final Map<Integer, String> PIRANHA = piranha();
  private static int rows;

  /** Where the text of a row is put. */
  enum In {
    /** The text is the whole file. */
    FILE("", ""),
    TOP("", "\nprimary = 192.0.2.1\nnetwork = nat\nvirtual other {\n}\n"),
    BARE_TOP("", "\nvirtual other {\n}\n"),
    VIRTUAL(
        """
        primary = 192.0.2.1
        virtual web {
        active = 1
        address = 192.0.2.80 eth0:1
        vip_nmask = /24
        """,
        "\nserver one {\naddress = 10.0.0.1\nactive = 1\n}\n}\n"),
    SERVER(
        """
        primary = 192.0.2.1
        virtual web {
        active = 1
        address = 192.0.2.80 eth0:1
        vip_nmask = /24
        server one {
        active = 1
        """,
        "\n}\n}\n");

    private final String before;
    private final String after;

    In(String before, String after) {
      this.before = before;
      this.after = after;
    }

    int linesBefore() {
      return (int) before.lines().count();
    }
  }

  /**
   * A row: number in the reference, scope, text, and {@code CODE line:column} of every problem;
   * {@code note} goes before those that are none.
   */
  record Row(String number, In in, String text, List<String> expected) {
    @Override
    public String toString() {
      var old = number.matches("[0-9]+") ? PIRANHA.get(Integer.parseInt(number)) : "no such thing";
      return number + " " + in + " " + PrintableText.quoted(text) + ": " + old + " -> " + expected;
    }
  }

  private static Row row(String number, In in, String text, String... expected) {
    return new Row(number, in, text, List.of(expected));
  }

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.addAll(topLevel());
    rows.addAll(numbers());
    rows.addAll(blocks());
    rows.addAll(virtuals());
    rows.addAll(checks());
    rows.addAll(servers());
    rows.addAll(files());
    return rows;
  }

  private static List<Row> topLevel() {
    return List.of(
        row("1", In.FILE, "", "LVS0001 0:0"),
        row("1", In.FILE, "# only a comment\n", "LVS0001 0:0"),
        row("2", In.BARE_TOP, "primary = 10.0.0.1 # main", "LVS0121 0:0"),
        row("3", In.BARE_TOP, "primary 10.0.0.1", "LVS0006 1:9"),
        row("4", In.BARE_TOP, "primary=10.0.0.1", "LVS0006 1:1"),
        row("5", In.BARE_TOP, "primary =10.0.0.1", "LVS0006 1:9"),
        row("6", In.BARE_TOP, "primary : 10.0.0.1", "LVS0006 1:9"),
        row("7", In.BARE_TOP, "primary =", "LVS0007 1:1"),
        row("8", In.BARE_TOP, "primary", "LVS0006 1:1"),
        row("9", In.BARE_TOP, "primary = 10.0.0.1 10.0.0.2", "LVS0005 1:20"),
        row("10", In.TOP, "Primary = 10.0.0.1", "LVS0012 1:1"),
        row("11", In.BARE_TOP, "primary = 0.0.0.0", "LVS0008 1:11"),
        row("12", In.BARE_TOP, "primary = no-such-host.invalid", "LVS0060 1:11"),
        row("13", In.BARE_TOP, "primary = 10.0.0.256", "LVS0008 1:11"),
        row("14", In.BARE_TOP, "primary = fe80::1", "LVS0008 1:11"),
        row("15", In.BARE_TOP, "primary = 10.0.0.1/24", "LVS0008 1:11"),
        row("16", In.BARE_TOP, "primary = 10.1", "LVS0044 1:11", "LVS0121 0:0"),
        row("16", In.BARE_TOP, "primary = 0x0a000001", "LVS0044 1:11", "LVS0121 0:0"),
        row("16", In.BARE_TOP, "primary = 010.010.010.010", "LVS0044 1:11", "LVS0121 0:0"),
        row("17", In.BARE_TOP, "primary = \"\"", "LVS0008 1:11"),
        row("18", In.TOP, "primary_private = 0.0.0.0", "LVS0008 1:19"),
        row("18", In.TOP, "backup_private = 0.0.0.0", "LVS0123 1:1", "LVS0008 1:18"),
        row(
            "19",
            In.TOP,
            "backup = 192.0.2.2\nbackup_active = 1\nprimary_private = 10.0.0.1",
            "LVS0102 3:1"),
        row("20", In.TOP, "backup_private = 10.0.0.2", "LVS0123 1:1", "LVS0121 0:0"),
        row("33", In.BARE_TOP, "primary = 192.0.2.1\nnetwork = masq", "LVS0009 2:11"),
        row("33", In.BARE_TOP, "primary = 192.0.2.1\nnetwork = NAT", "LVS0009 2:11"),
        row("33", In.BARE_TOP, "primary = 192.0.2.1\nnetwork = dr", "LVS0009 2:11"),
        row("34", In.TOP, "service = http", "LVS0009 1:11"),
        row("34", In.TOP, "service = FOS", "LVS0009 1:11"),
        row("35", In.TOP, "reservation_conflict_action = reset", "LVS0009 1:31"),
        row("36", In.TOP, "nat_router = 10.0.0.254", "LVS0007 1:14"),
        row("37", In.TOP, "nat_router = 10.0.0.1eth1:1", "LVS0008 1:14", "LVS0007 1:14"),
        row("38", In.TOP, "nat_router = 10.0.0.254 eth1:1 x\nnat_nmask = /8", "LVS0005 1:32"),
        row("39", In.TOP, "nat_nmask = 255.255.255.256", "LVS0125 1:1", "LVS0016 1:13"),
        row("39", In.TOP, "nat_nmask = none", "LVS0125 1:1", "LVS0016 1:13"),
        row("39", In.TOP, "nat_router = 10.0.0.9 eth1:1\nnat_nmask = /24", "LVS0121 0:0"),
        row(
            "40",
            In.TOP,
            "nat_router = 10.0.0.9 eth1:1\nnat_nmask = 24",
            "LVS0046 2:13",
            "LVS0121 0:0"),
        row("41", In.TOP, "nat_router = 10.0.0.9 eth1:1\nnat_nmask = 255.0.255.0", "LVS0016 2:13"),
        row("1.2", In.TOP, "heartbeat = 1", "note LVS0125 1:1", "LVS0121 0:0"),
        row("1.2", In.TOP, "hard_shutdown = 0", "note LVS0125 1:1", "LVS0121 0:0"),
        row("1.2", In.TOP, "ipvsadm = /sbin/ipvsadm", "note LVS0125 1:1", "LVS0121 0:0"),
        row("1.2", In.TOP, "sync = 1", "LVS0125 1:1", "LVS0121 0:0"),
        row("1.2", In.TOP, "serial_no = 7", "LVS0121 0:0"),
        row(
            "1.2",
            In.TOP,
            "backup = 192.0.2.2\nprimary_private = 192.0.2.1\nbackup_private = 192.0.2.2",
            "note LVS0123 2:19",
            "LVS0121 0:0"),
        row("1.1", In.BARE_TOP, "primary = 224.0.0.1", "LVS0008 1:11"),
        row("1.1", In.BARE_TOP, "primary = 255.255.255.255", "LVS0008 1:11"),
        row("1.1", In.BARE_TOP, "primary = ff02::1", "LVS0008 1:11"),
        row("", In.TOP, "nat_router = fe80::1 eth1", "LVS0121 0:0"),
        row("", In.TOP, "witness = 127.0.0.1", "LVS0116 1:11"),
        row("", In.TOP, "witness = 239.0.0.1", "LVS0008 1:11"),
        row("", In.TOP, "ping_target = ::1", "LVS0117 1:15"),
        row("49", In.TOP, "debug = NONE", "LVS0049 1:1", "LVS0121 0:0"),
        row("50", In.TOP, "active_cmd = /bin/x y", "LVS0005 1:21"),
        row("51", In.TOP, "rsh_command = \"ssh -q", "LVS0003 1:15"),
        row("46", In.TOP, "syncd_iface = eth1 eth2", "LVS0005 1:20"),
        row("53", In.TOP, "foo = 1", "LVS0012 1:1"),
        row("53", In.TOP, "port = 80", "LVS0017 1:1"),
        row("53", In.TOP, "server a {\n}", "LVS0017 1:1"),
        row("127", In.TOP, "service = fos", "LVS0112 1:11"));
  }

  private static List<Row> numbers() {
    return List.of(
        row("21", In.TOP, "backup_active = yes", "LVS0011 1:17"),
        row("21", In.TOP, "backup_active = TRUE", "LVS0011 1:17"),
        row("22", In.TOP, "backup_active = 2", "LVS0011 1:17"),
        row("22", In.TOP, "backup_active = -1", "LVS0011 1:17"),
        row("22", In.TOP, "backup_active = 0x1", "LVS0124 1:1", "LVS0121 0:0"),
        row("23", In.TOP, "keepalive = 7;", "LVS0025 1:13"),
        row("23", In.TOP, "keepalive = 6x", "LVS0025 1:13"),
        row("23", In.TOP, "keepalive = 1s\ndeadtime = 2500ms", "LVS0121 0:0"),
        row("24", In.TOP, "keepalive = 08", "LVS0025 1:13"),
        row("25", In.TOP, "keepalive = 010\ndeadtime = 30", "LVS0043 1:13", "LVS0121 0:0"),
        row("26", In.TOP, "keepalive = -6", "LVS0024 1:13"),
        row("26", In.TOP, "keepalive = 0", "LVS0024 1:13"),
        row("27", In.TOP, "deadtime = 99999999999", "LVS0024 1:12"),
        row("28", In.TOP, "keepalive = 30\ndeadtime = 18", "LVS0103 2:12", "LVS0121 0:0"),
        row("28", In.TOP, "keepalive = 6", "LVS0103 1:13", "LVS0121 0:0"),
        row(
            "28",
            In.TOP,
            "backup = 192.0.2.2\nbackup_active = 1\nkeepalive = 30\ndeadtime = 18",
            "LVS0103 4:12"),
        row(
            "1.10",
            In.TOP,
            "backup = 192.0.2.2\nbackup_active = 1\nkeepalive = 2\ndeadtime = 3",
            "LVS0138 4:12",
            "LVS0121 0:0"),
        row("28", In.TOP, "keepalive = 6\ndeadtime = 18", "note LVS0120 2:12", "LVS0121 0:0"),
        row("29", In.TOP, "keepalive == 7", "LVS0006 1:11", "LVS0103 1:14"),
        row("30", In.TOP, "keepalive = 7 deadtime = 9", "LVS0005 1:15", "LVS0103 1:13"),
        row("31", In.TOP, "heartbeat_port = nosuchsvc", "LVS0026 1:18"),
        row("31", In.TOP, "heartbeat_port = 539/udp", "LVS0026 1:18"),
        row("32", In.TOP, "heartbeat_port = 0", "LVS0024 1:18"),
        row("32", In.TOP, "heartbeat_port = -1", "LVS0024 1:18"),
        row("32", In.TOP, "heartbeat_port = 70000", "LVS0024 1:18"),
        row("42", In.TOP, "monitor_links = yes", "LVS0010 1:17"),
        row("43", In.TOP, "monitor_links = 7", "LVS0043 1:17", "LVS0121 0:0"),
        row("44", In.TOP, "hard_shutdown = 2", "LVS0011 1:17"),
        row("44", In.TOP, "syncdaemon = 2", "LVS0011 1:14"),
        row("45", In.TOP, "syncd_id = 300", "LVS0024 1:12"),
        row("47", In.TOP, "tcp_timeout = -5", "LVS0024 1:15"),
        row("48", In.TOP, "tcp_timeout = 15m", "LVS0121 0:0"),
        row("52", In.TOP, "heartbeat_port = 1\nheartbeat_port = 3", "LVS0042 2:1", "LVS0121 0:0"));
  }

  private static List<Row> blocks() {
    return List.of(
        row("54", In.TOP, "}", "LVS0018 1:1"),
        row("54", In.TOP, "{", "LVS0018 1:1"),
        row("55", In.TOP, "virtual {\n}", "LVS0007 1:1"),
        row("55", In.FILE, "primary = 10.0.0.1\nvirtual", "LVS0007 2:1"),
        row("55", In.TOP, "virtual w [\n}", "LVS0007 1:11"),
        row("56", In.TOP, "virtual w\n{\n}", "LVS0007 1:9"),
        row("57", In.TOP, "virtual w{\n}", "LVS0007 1:9"),
        row("57", In.TOP, "virtual{\n}", "LVS0007 1:1"),
        row("58", In.TOP, "virtual my web {\n}", "LVS0005 1:12"),
        row("58", In.TOP, "vritual web {\nactive = 1\n}", "LVS0012 1:1"),
        row("58", In.TOP, "vrrp x {\na {\nb c\n}\n}\nretry = x", "LVS0012 1:1", "LVS0012 6:1"),
        row("13", In.VIRTUAL, "address=10.0.0.9 eth0:1", "LVS0006 1:1", "LVS0042 1:1"),
        row("59", In.TOP, "virtual w { # web\n}", "LVS0121 0:0"),
        row("60", In.TOP, "virtual w { }", "LVS0005 1:13"),
        row("61", In.FILE, "primary = 10.0.0.1\nvirtual w {\nport = 80\n", "LVS0004 2:9"),
        row("62", In.FILE, "primary = 10.0.0.1\nvirtual w {", "LVS0004 2:9"),
        row("63", In.TOP, "virtual w {\n} foo", "LVS0045 2:3", "LVS0121 0:0"),
        row("64", In.TOP, "virtual w {\nvirtual v {\n}\n}", "LVS0017 2:1"),
        row("64", In.TOP, "virtual w {\nserver v {\nserver u {\n}\n}\n}", "LVS0017 3:1"),
        row("65", In.VIRTUAL, "keepalive = 3", "LVS0017 1:1"),
        row("65", In.VIRTUAL, "deadtime = 5", "LVS0048 1:1"),
        row("111", In.VIRTUAL, "server {\n}", "LVS0007 1:1"),
        row("111", In.VIRTUAL, "server a\n{\n}", "LVS0007 1:8"),
        row(
            "123",
            In.TOP,
            "failover f {\nactive = 1\n}",
            "LVS0101 1:10",
            "LVS0101 1:10",
            "LVS0101 1:10"),
        row("124", In.TOP, "failover f {\nstart_cmd = /etc/init.d/httpd start\n}", "LVS0005 2:31"),
        row("125", In.TOP, "failover f {\nserver s {\n}\n}", "LVS0125 2:8", "LVS0121 0:0"),
        row("126", In.TOP, "failover f {\nheartbeat = 1\n}", "LVS0048 2:1", "LVS0121 0:0"));
  }

  private static List<Row> virtuals() {
    return List.of(
        row("66", In.VIRTUAL, "address = 10.0.0.9", "LVS0007 1:11", "LVS0042 1:1"),
        row("67", In.VIRTUAL, "address = 10.0.0.9 eth0:1 x", "LVS0042 1:1", "LVS0005 1:27"),
        row("68", In.VIRTUAL, "address = 10.0.0.9/24 eth0:1", "LVS0042 1:1", "LVS0008 1:11"),
        row("69", In.TOP, "virtual w {\nactive = 1\n}", "LVS0101 1:9", "LVS0122 1:9"),
        row(
            "69",
            In.TOP,
            "virtual w {\nactive = 1\nprotocol = sctp\nserver s {\nactive = 1\n}\n}",
            "LVS0101 1:9",
            "LVS0109 3:12",
            "LVS0101 4:8"),
        row(
            "70",
            In.TOP,
            "virtual w {\nactive = 1\naddress = 0.0.0.0 eth0:1\n}",
            "LVS0122 1:9",
            "LVS0008 3:11"),
        row("71", In.VIRTUAL, "address = 10.0.0.9 abcdefghijklmn:1", "LVS0042 1:1", "LVS0029 1:20"),
        row("72", In.VIRTUAL, "vip_nmask = foo", "LVS0042 1:1", "LVS0016 1:13"),
        row("72", In.VIRTUAL, "vip_nmask = ffff::", "LVS0042 1:1", "LVS0016 1:13"),
        row("72", In.VIRTUAL, "vip_nmask = /129", "LVS0042 1:1", "LVS0016 1:13"),
        row("73", In.VIRTUAL, "vip_nmask = 24", "LVS0042 1:1", "LVS0046 1:13"),
        row("73", In.VIRTUAL, "vip_nmask = 0.0.0.0", "LVS0042 1:1", "LVS0133 1:13"),
        row("1.10", In.VIRTUAL, "vip_nmask = /28", "LVS0042 1:1", "LVS0044 1:13"),
        row("1.10", In.VIRTUAL, "address = 192.0.2.255 eth0:1", "LVS0044 0:13", "LVS0042 1:1"),
        row(
            "1.10",
            In.TOP,
            "virtual w {\nactive = 1\naddress = 192.0.2.9 eth0\n}",
            "LVS0122 1:9",
            "note LVS0133 3:11"),
        row("74", In.VIRTUAL, "sorry_server = sorry.example.com", "LVS0060 1:16"),
        row("68", In.VIRTUAL, "address = fe80::80 eth0:1", "LVS0042 1:1", "LVS0008 1:11"),
        row("74", In.VIRTUAL, "sorry_server = fe80::9", "LVS0008 1:16"),
        row("74", In.VIRTUAL, "sorry_server = 10.0.0.5:80"),
        row("75", In.VIRTUAL, "sorry_server = 10.0.0.5 80", "LVS0005 1:25"),
        row("75", In.VIRTUAL, "sorry_server = 10.0.0.5:", "LVS0026 1:25"),
        row("74", In.VIRTUAL, "sorry_server = [2001:db8::9", "LVS0008 1:16"),
        row("76", In.VIRTUAL, "persistent = 5\npmask = foo", "LVS0016 2:9"),
        row("77", In.VIRTUAL, "pmask = 255.255.255.0", "LVS0125 1:1"),
        row("78", In.VIRTUAL, "persistent = yes", "LVS0025 1:14"),
        row("79", In.VIRTUAL, "persistent = -1", "LVS0024 1:14"),
        row("80", In.VIRTUAL, "protocol = TCP", "LVS0009 1:12"),
        row("80", In.VIRTUAL, "protocol = sctp", "LVS0109 1:12"),
        row("80", In.VIRTUAL, "protocol = sctp\ncheck = none"),
        row("81", In.VIRTUAL, "protocol = udp\nport = tftp\nsend = \"x\"\nexpect = \"y\""),
        row("82", In.VIRTUAL, "port = 80x", "LVS0026 1:8"),
        row("83", In.VIRTUAL, "port = 65536", "LVS0024 1:8"),
        row("83", In.VIRTUAL, "port = -1", "LVS0024 1:8"),
        row("83", In.VIRTUAL, "port = 0\ncheck = none", "LVS0108 1:8"),
        row("83", In.VIRTUAL, "port = 0\ncheck = none\npersistent = 60"),
        row(
            "84",
            In.VIRTUAL,
            "server a {\naddress = 10.0.0.2\nactive = 1\n}\nport = 8080",
            "LVS0126 5:1"),
        row("85", In.VIRTUAL, "scheduler = sed"),
        row("85", In.VIRTUAL, "scheduler = mh"),
        row("85", In.VIRTUAL, "scheduler = pcc", "LVS0009 1:13"),
        row("85", In.VIRTUAL, "scheduler = WLC", "LVS0009 1:13"),
        row("85", In.VIRTUAL, "scheduler =", "LVS0007 1:1"),
        row("86", In.VIRTUAL, "fwmark = a", "LVS0010 1:10"),
        row("87", In.VIRTUAL, "fwmark = -1", "LVS0024 1:10"),
        row(
            "88",
            In.VIRTUAL,
            "fwmark = 7\n}\nvirtual b {\nactive = 1\nfwmark = 7\naddress = 192.0.2.81 eth0:2\n"
                + "vip_nmask = /24",
            "LVS0122 -3:9",
            "LVS0127 5:10"),
        row(
            "89",
            In.VIRTUAL,
            "}\nvirtual b {\nactive = 1\naddress = 192.0.2.80 eth0:1\nvip_nmask = /24",
            "LVS0122 -3:9",
            "LVS0105 2:9"));
  }

  private static List<Row> checks() {
    return List.of(
        row("90", In.VIRTUAL, "timeout = six", "LVS0025 1:11"),
        row("91", In.VIRTUAL, "timeout = 0", "LVS0024 1:11"),
        row("92", In.VIRTUAL, "timeout = -6", "LVS0024 1:11"),
        row("93", In.VIRTUAL, "reentry = 0", "LVS0131 1:11"),
        row("94", In.VIRTUAL, "quiesce_server = 2", "LVS0011 1:18"),
        row("94", In.VIRTUAL, "use_regex = true", "LVS0011 1:13"),
        row("95", In.VIRTUAL, "load_monitor = ssh -x", "LVS0005 1:20"),
        row("96", In.VIRTUAL, "load_monitor = bogus", "LVS0009 1:16"),
        row("97", In.VIRTUAL, "send = GET / HTTP/1.0", "LVS0005 1:12"),
        row("98", In.VIRTUAL, "send = \"GET /", "LVS0003 1:8"),
        row("99", In.VIRTUAL, "send = \"abc'", "LVS0003 1:8"),
        row("100", In.VIRTUAL, "send = \"abc\" "),
        row("101", In.VIRTUAL, "send = \"abc\"def", "LVS0003 1:13"),
        row("102", In.VIRTUAL, "send = \"", "LVS0003 1:8"),
        row("103", In.VIRTUAL, "send = 'GET / HTTP/1.0\\r\\n\\r\\n'", "LVS0050 1:8"),
        row("104", In.VIRTUAL, "expect = \"\\d+\"\nuse_regex = 1"),
        row("104", In.VIRTUAL, "expect = \"a\\d+\"", "LVS0027 1:12"),
        row("104", In.VIRTUAL, "expect = \"[a\"\nuse_regex = 1", "LVS0028 1:10"),
        row("104", In.VIRTUAL, "send = \"abc\\\"", "LVS0027 1:12"),
        row("1.10", In.VIRTUAL, "expect = \"" + "x".repeat(254) + '"'),
        row("1.10", In.VIRTUAL, "expect = \"" + "x".repeat(255) + '"', "LVS0137 1:10"),
        row("105", In.VIRTUAL, "expect = OK DONE", "LVS0005 1:13"),
        row("106", In.VIRTUAL, "send_program = /bin/check %h", "LVS0005 1:27"),
        row("107", In.VIRTUAL, "send_program = \"/bin/check --url=http://%h/\"", "LVS0135 1:16"),
        row("108", In.VIRTUAL, "use_regex = 1\nsend_program = \"/bin/check %h\"", "LVS0125 1:1"),
        row(
            "4.4",
            In.VIRTUAL,
            "send = \"x\"\nexpect = OK\nsend_program = \"/bin/check %h\"",
            "note LVS0125 1:1",
            "note LVS0139 3:1"),
        row("109", In.VIRTUAL, "expect_program = \"/x\"", "LVS0048 1:1"),
        row("110", In.VIRTUAL, "dirs = { a }", "LVS0013 1:8"),
        row("110", In.VIRTUAL, "dirs = [ a", "LVS0013 1:8"),
        row("110", In.VIRTUAL, "dirs =", "LVS0007 1:1"),
        row("110", In.VIRTUAL, "dirs = [ a b ]", "note LVS0125 1:1"),
        row("1.3", In.VIRTUAL, "client_monitor = /bin/x", "LVS0125 1:1"),
        row("1.3", In.VIRTUAL, "master = 10.0.0.1", "note LVS0125 1:1"),
        row("1.10", In.VIRTUAL, "rise = 2\nreentry = 15", "LVS0125 2:1"),
        row("4.3", In.VIRTUAL, "protocol = sctp\nsend = \"x\"", "LVS0109 1:12"),
        row("4.3", In.VIRTUAL, "protocol = udp\nport = 53", "LVS0109 1:12"),
        row("4.3", In.VIRTUAL, "protocol = udp\nexpect = \"x\"", "LVS0109 1:12"),
        row("4.3", In.VIRTUAL, "protocol = udp\nsend = \"x\"", "LVS0130 2:1"));
  }

  private static List<Row> servers() {
    var address = "\naddress = 10.0.0.1";
    return List.of(
        row("112", In.SERVER, "address = 10.0.0.3 eth0", "LVS0005 1:20"),
        row("113", In.SERVER, "address = 10.0.0.1 active = 1", "LVS0005 1:20"),
        row("114", In.SERVER, "", "LVS0101 -1:8"),
        row("114", In.SERVER, "address = 0.0.0.0", "LVS0008 1:11"),
        row("115", In.SERVER, "port = http" + address),
        row("116", In.SERVER, "weight = heavy" + address, "LVS0010 1:10"),
        row("116", In.SERVER, "weight = 1.5" + address, "LVS0010 1:10"),
        row("117", In.SERVER, "weight = -1" + address, "LVS0024 1:10"),
        row("118", In.SERVER, "weight = 0" + address, "LVS0122 -5:9"),
        row("119", In.SERVER, "weight = 70000" + address, "LVS0024 1:10"),
        row("120", In.SERVER, "log_file = /x" + address, "LVS0012 1:1"),
        row("120", In.SERVER, "nmask = 255.0.0.0" + address, "LVS0048 1:1"),
        row(
            "121",
            In.SERVER,
            "address = 10.0.0.1\n}\nserver two {\nactive = 1\naddress = 10.0.0.1",
            "LVS0106 3:8"),
        row("122", In.SERVER, "network = direct\nport = 81" + address, "LVS0107 2:8"),
        row("122", In.SERVER, "network = nat\nport = 81" + address),
        row("", In.SERVER, "upper_threshold = 5\nlower_threshold = 9" + address, "LVS0110 2:19"),
        row("", In.SERVER, "address = 192.0.2.80", "LVS0111 1:11"),
        row("", In.SERVER, "address = 2001:db8::1", "LVS0104 1:11"));
  }

  private static List<Row> files() {
    return List.of(
        row(
            "128",
            In.FILE,
            "primary = 10.0.0.1\r\nvirtual w {\r\n}\r\n",
            "LVS0041 1:19",
            "LVS0121 0:0"),
        row("129", In.FILE, "primary = 10.0.0.1\nvirtual w {\r}\n", "LVS0041 2:12", "LVS0121 0:0"),
        row("130", In.FILE, "\ufeffprimary = 10.0.0.1\n", "LVS0040 1:1", "LVS0121 0:0"),
        row("131", In.TOP, "network\u00a0=\u00a0nat", "LVS0031 1:8", "LVS0042 3:1"),
        row("131", In.TOP, "serial_no = 1\u3000", "LVS0031 1:14"),
        row("131", In.TOP, "\fserial_no = 1", "LVS0031 1:1"),
        row("131", In.VIRTUAL, "expect = \"a\u00a0b\""),
        row("133", In.TOP, "rsh_command = \\\nssh", "note LVS0047 1:1", "LVS0012 2:1"),
        row("134", In.TOP, "// text", "LVS0012 1:1"),
        row("134", In.TOP, "; text", "LVS0012 1:1"),
        row("135", In.TOP, "keepalive = 1" + " 2".repeat(100), "note LVS0120 1:13", "LVS0005 1:15"),
        row("132", In.FILE, "primary\0 = 10.0.0.1\nbackup_active = 1\n", "LVS0019 1:8"),
        row("10", In.FILE, "Primary = 10.0.0.1\nvirtual w {\n}\n", "LVS0012 1:1"),
        row("54", In.TOP, "} foo", "LVS0018 1:1"),
        row("57", In.TOP, "link a{\n}", "LVS0007 1:6"),
        row("61", In.FILE, "primary = 10.0.0.1\nvirtual w {\nactive = 1\n", "LVS0004 2:9"),
        row(
            "69",
            In.TOP,
            "virtual w {\nactive = 1\nadress = 10.0.0.9 eth0\n}",
            "LVS0012 3:1",
            "LVS0122 1:9"),
        row("83", In.VIRTUAL, "port = 0", "LVS0108 1:8"),
        row("46", In.TOP, "syncd_iface = " + "a".repeat(128), "LVS0029 1:15"),
        row("46", In.TOP, "nat_router = 10.9.0.1 averylongname:10", "LVS0029 1:23"),
        row("72", In.VIRTUAL, "vip_nmask = 0xffffff00", "LVS0042 1:1", "LVS0044 1:13"),
        row(
            "125",
            In.TOP,
            """
            failover f {
            active = 1
            address = 10.9.0.9 eth0:1
            vip_nmask = /24
            start_cmd = /a
            stop_cmd = /b
            check = tcp
            rise = 2
            fwmark = 3
            }
            service = fos
            """,
            "note LVS0047 7:1",
            "note LVS0047 8:1",
            "note LVS0125 9:1"),
        row("132", In.TOP, "network = n\0at", "LVS0019 1:12"),
        row("", In.TOP, "x".repeat(70_000), "LVS0020 1:1"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isToldWithCodeAndPlace(Row row) {
    var parsed = LvsCf.parse("lvs.cf", row.in().before + row.text() + row.in().after);
    var shift = row.in().linesBefore();
    var told = new ArrayList<>(parsed.problems().stream().map(p -> told(p, shift)).toList());
    parsed.notes().forEach(note -> told.add("note " + told(note, shift)));
    assertThat(told).containsExactlyInAnyOrderElementsOf(row.expected());
    rows++;
  }

  private static String told(Problem problem, int shift) {
    var line = problem.at().line() == 0 ? 0 : problem.at().line() - shift;
    return problem.code() + " " + line + ":" + problem.at().column();
  }

  /** What Piranha's parser did, by row of the reference's table. */
  private static Map<Integer, String> piranha() {
    var byRow = new TreeMap<Integer, String>();
    for (var line : ExampleFiles.example("piranha-malformed.tsv").lines().toList()) {
      var tab = line.indexOf('\t');
      byRow.put(Integer.parseInt(line.substring(0, tab)), line.substring(tab + 1));
    }
    return byRow;
  }

  @Test
  void everyRowOfTheReferenceIsHere() {
    var numbers = rows().stream().map(Row::number).collect(Collectors.toSet());
    assertThat(PIRANHA).hasSize(135);
    assertThat(PIRANHA.keySet()).allMatch(number -> numbers.contains(number.toString()));
  }

  @AfterAll
  static void count() {
    System.out.println(
        "malformed inputs: " + rows + " inputs hold, all " + PIRANHA.size() + " rows of the table");
  }
}
