// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.Arbitration;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Failback;
import org.lvsdirector.config.FailoverService;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Quorum;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.Problem;

/** What lvs.cf can say beyond Piranha's grammar. */
class ExtensionsTest {
  private static final String TOP = "primary = 192.0.2.1\nbackup = 192.0.2.2\nbackup_active = 1\n";

  private static String service(String lines) {
    return TOP
        + "virtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
        + lines
        + "\nserver one {\nactive = 1\naddress = 10.0.0.1\nweight = 3\n}\n}\n";
  }

  private static List<String> codes(String text) {
    return LvsCf.parse(text).problems().stream().map(Problem::code).toList();
  }

  private static Config good(String text) {
    var parsed = LvsCf.parse(text);
    var config = Objects.requireNonNull(parsed.config(), parsed.problems().toString());
    assertThat(LvsCf.parse(LvsCfPrinter.print(config)).config()).isEqualTo(config);
    return config;
  }

  @Test
  void linksPingTargetsAndWitnessAreRead() {
    var config =
        good(
            service("")
                + "ping_target = 192.0.2.254 192.0.2.253\nwitness = 192.0.2.9:700\n"
                + "failback = synced\n"
                + "link third {\nprimary = 10.3.0.1\nbackup = 10.3.0.2\n}\n");
    assertThat(config.pair().links())
        .extracting(Pair.Link::name)
        .containsExactly("public", "third");
    assertThat(config.pair().arbitration())
        .isEqualTo(
            new Arbitration(
                List.of(IpAddress.of("192.0.2.254"), IpAddress.of("192.0.2.253")),
                new Endpoint(IpAddress.of("192.0.2.9"), 700),
                Failback.SYNCED));
  }

  @Test
  void checksThatCannotBeMadeAreErrors() {
    var https =
        "check = https\ncheck_path = /live\ncheck_host = a.example\ncheck_status = 200-299\n"
            + "check_body = \"fine\\n\"\ncheck_port = 8443";
    var lines =
        List.of(
            https,
            "check = tls\ncheck_tls_name = a.example\ncheck_tls_verify = 1",
            "check = smtp\ncheck_helo = lb.example",
            "check = dns\ncheck_query = example.com\ncheck_query_type = a",
            "check = ping");
    for (var line : lines) {
      assertThat(codes(service(line))).as(line).containsExactly("LVS0136");
      assertThat(LvsCf.parse(service(line)).config()).as(line).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::11%eth1, ''",
    "fe80::11%an-alternative-name-of-a-network, ''",
    "fe80::11, LVS0008",
    "fe80::11%, LVS0008",
    "fe80::11%a/b, LVS0008",
    "2001:db8::1%eth1, LVS0008",
    "10.0.0.1%eth1, LVS0008"
  })
  void linkLocalServersHaveAZone(String address, String code) {
    var text =
        service("")
            .replaceAll("address = 192[^\n]*", "address = 2001:db8::80 eth0:1")
            .replaceAll("vip_nmask = [^\n]*", "vip_nmask = /64")
            .replaceAll("(server [^}]*address = )[^\n]*", "$1" + address);
    var parsed = LvsCf.parse(text);
    if (!code.isEmpty()) {
      assertThat(parsed.problems()).extracting(Problem::code).contains(code);
      return;
    }
    var config = Objects.requireNonNull(parsed.config(), parsed.problems().toString());
    var server = config.services().getFirst().servers().getFirst().endpoint();
    assertThat(server.address().zone()).isEqualTo(address.substring(address.indexOf('%') + 1));
    assertThat(server).hasToString("[" + address + "]:" + server.port());
    assertThat(LvsCf.parse(LvsCfPrinter.print(config)).config()).isEqualTo(config);
  }

  @Test
  void programsAreChecks() {
    var program = "send_program = \"/bin/probe %h %p\"";
    var whole = new Expect.Exactly("OK");
    assertThat(check("check = script\n" + program)).isEqualTo(script(new Expect.Nothing()));
    assertThat(check("check = script\n" + program + "\nexpect = OK")).isEqualTo(script(whole));
    assertThat(check("check = script\n" + program + "\nexpect = \"O.\"\nuse_regex = 1"))
        .isEqualTo(script(new Expect.Regex("(?s)O.")));
    assertThat(check(program + "\nsend = \"x\"\nexpect = OK")).isEqualTo(script(whole));
    assertThat(check(program + "\nexpect = \"*\"")).isEqualTo(script(new Expect.Anything()));
  }

  private static Check script(Expect expect) {
    return new Check.Script("/bin/probe %h %p", expect);
  }

  private static Check check(String lines) {
    assertThat(codes(service(lines))).isEmpty();
    return good(service(lines)).services().getFirst().check().check();
  }

  @Test
  void tunnelsQuorumAndOnePacketAreRead() {
    var service =
        good(service(
                """
                protocol = udp
                port = 53
                check = none
                one_packet = 1
                quorum = 2
                hysteresis = 1
                network = tunnel
                tunnel_type = gue
                tunnel_port = 6080
                tunnel_checksum = remote
                notify = "/bin/tell me"
                """))
            .services()
            .getFirst();
    assertThat(service.forwarding().isOnePacket()).isTrue();
    assertThat(service.monitoring().quorum()).isEqualTo(new Quorum(2, 1));
    assertThat(service.monitoring().notifyCommand()).isEqualTo("/bin/tell me");
    assertThat(service.servers().getFirst().tunnel())
        .isEqualTo(new Tunnel(Tunnel.Type.GUE, 6080, Tunnel.Checksum.REMOTE));
  }

  @ParameterizedTest
  @CsvSource({
    "quorum = 4, LVS0115",
    "quorum = 1|hysteresis = 1, LVS0115",
    "one_packet = 1, LVS0114",
    "tunnel_type = gue, LVS0101",
    "network = tunnel|tunnel_checksum = full, LVS0009",
    "network = tunnel|tunnel_type = gre|tunnel_checksum = remote, LVS0009",
    "check_path = /x, LVS0136",
    "send_program = /x|check = tcp, LVS0125",
    "check = tcp|check_path = /x, LVS0136",
    "check = http|check_path = x, LVS0009",
    "check = http|check_status = 99, LVS0024",
    "check = script, LVS0101",
    "check = tls|check_tls_verify = 1, LVS0101",
    "sorry_server = 192.0.2.80:80, LVS0111",
    "network = direct|sorry_server = 10.0.0.5:8080, LVS0107"
  })
  void contradictionsInAServiceAreTold(String lines, String code) {
    assertThat(codes(service(lines.replace('|', '\n')))).contains(code);
  }

  @ParameterizedTest
  @CsvSource({
    "witness = 192.0.2.2, LVS0116",
    "witness = 192.0.2.80, LVS0116",
    "ping_target = 192.0.2.80, LVS0117",
    "ping_target = 192.0.2.1, LVS0117",
    "link a {|primary = 10.0.0.1|}, LVS0101",
    "link public {|primary = 10.0.0.1|backup = 10.0.0.2|}, LVS0118",
    "link a {|primary = 192.0.2.1|backup = 10.0.0.2|}, LVS0118",
    "link a {|primary = 10.0.0.1|backup = 2001:db8::2|}, LVS0104",
    "include other.cf, LVS0030"
  })
  void contradictionsOfTheTopLevelAreTold(String lines, String code) {
    assertThat(codes(service("") + lines.replace('|', '\n') + "\n")).contains(code);
  }

  @Test
  void failoverServicesAreTyped() {
    var parsed = LvsCf.parse(ExampleFiles.example("piranha-failover.cf"));
    var config = Objects.requireNonNull(parsed.config(), parsed.problems().toString());
    assertThat(config.failovers())
        .extracting(FailoverService::startCommand)
        .containsExactly("/etc/rc.d/init.d/vsftpd start", "/etc/rc.d/init.d/httpd start");
    assertThat(LvsCf.parse(LvsCfPrinter.print(config)).config()).isEqualTo(config);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.notes()).extracting(Problem::code).containsOnly("LVS0047", "LVS0120");
  }

  @Test
  void includedFilesAreReadInOrderAndToldByName(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("lvs.d"));
    Files.writeString(folder.resolve("lvs.d/b.cf"), "heartbeat_port = 7000\nkeepalive = x\n");
    Files.writeString(folder.resolve("lvs.d/a.cf"), "heartbeat_port = 6000\nvirtual open {\n");
    Files.writeString(folder.resolve("lvs.d/.hidden.cf"), "nonsense\n");
    Files.writeString(folder.resolve("self.cf"), "include self.cf\n");
    var main = folder.resolve("lvs.cf");
    Files.writeString(
        main, TOP + "include lvs.d/*.cf\ninclude self.cf\ninclude none.cf\ninclude a b\n");
    var told =
        ConfigFiles.lvsCf(main).problems().stream()
            .map(p -> Path.of(p.at().file()).getFileName() + ":" + p.at().line() + " " + p.code())
            .toList();
    assertThat(told)
        .containsExactlyInAnyOrder(
            "a.cf:2 LVS0004",
            "b.cf:1 LVS0042",
            "b.cf:2 LVS0025",
            "self.cf:1 LVS0030",
            "lvs.cf:6 LVS0030",
            "lvs.cf:7 LVS0005");
  }

  @Test
  void whatAnUnknownBlockIncludesIsNotLookedAtEither(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("part.cf"), "auth {\n}\n}\n}\nweight = 5\n");
    var main = folder.resolve("lvs.cf");
    Files.writeString(main, TOP + "vrrp x {\ninclude part.cf\nweight = 5\n}\n");
    assertThat(ConfigFiles.lvsCf(main).problems())
        .filteredOn(problem -> problem.at().line() > 0)
        .extracting(Problem::code)
        .containsExactly("LVS0012");
  }

  @Test
  void includeThatCannotBeFollowedIsToldWhereItStands(@TempDir Path folder) throws IOException {
    var main = folder.resolve("lvs.cf");
    Files.createSymbolicLink(folder.resolve("link.cf"), main);
    var lines = "include .\ninclude /dev/zero\ninclude link.cf\ninclude no/*.cf\ninclude no.cf\n";
    Files.writeString(main, lines);
    var told = ConfigFiles.lvsCf(Path.of("").toAbsolutePath().relativize(main)).problems();
    assertThat(told)
        .extracting(p -> p.at().line() + ":" + p.at().column() + " " + p.code())
        .containsExactly("1:9 LVS0030", "2:9 LVS0030", "3:9 LVS0030", "4:9 LVS0052", "5:9 LVS0030");
    assertThat(told)
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("a folder"))
        .anyMatch(message -> message.contains("not a regular file"))
        .anyMatch(message -> message.contains("include itself"))
        .anyMatch(message -> message.contains("there is no file 'no.cf'"));
  }

  @Test
  void inactiveBlocksAreAmongTheEffectiveSettings(@TempDir Path folder) throws IOException {
    var main = folder.resolve("lvs.cf");
    var off = "server two {\naddress = 10.0.0.2\n}\n}\nvirtual off {\nactive = 0\nport = 81\n";
    Files.writeString(main, service("") + "virtual w2 {\nactive = 0\nport = 8\n" + off + "}\n");
    var told = ConfigFiles.effective(main, NameResolver.LITERALS_ONLY);
    assertThat(told.settings())
        .extracting(one -> one.blocks() + " " + one.name() + " = " + one.value() + one.origin())
        .contains(
            "[virtual w2] active = 0" + main + ":15",
            "[virtual w2, server two] active = 0default",
            "[virtual w2, server two] address = 10.0.0.2" + main + ":18",
            "[virtual off] port = 81" + main + ":23");
    assertThat(LvsCf.parse(told.text()).config()).isEqualTo(ConfigFiles.lvsCf(main).config());
  }

  @Test
  void everyEffectiveSettingHasItsOrigin(@TempDir Path folder) throws IOException {
    var main = folder.resolve("lvs.cf");
    Files.writeString(main, service("timeout = 7\nexpect = OK"));
    var effective = ConfigFiles.effective(main, NameResolver.LITERALS_ONLY);
    assertThat(effective.settings())
        .filteredOn(setting -> setting.blocks().size() == 1)
        .extracting(setting -> setting.name() + " = " + setting.value() + " @" + setting.origin())
        .contains(
            "timeout = 7 @" + main + ":7",
            "interval = 7 @by timeout, " + main + ":7",
            "check = tcp @by expect, " + main + ":8",
            "scheduler = wlc @default",
            "fwmark = 0 @default",
            "persistent = 0 @default",
            "reentry = 180 @default");
    assertThat(effective.settings())
        .filteredOn(setting -> setting.blocks().isEmpty())
        .extracting(setting -> setting.name() + " = " + setting.value() + " @" + setting.origin())
        .contains("service = lvs @default", "network = nat @default");
    assertThat(LvsCf.parse(effective.text()).config()).isEqualTo(ConfigFiles.lvsCf(main).config());
  }
}
