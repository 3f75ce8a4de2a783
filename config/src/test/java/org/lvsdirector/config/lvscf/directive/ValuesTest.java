// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.names.ServiceNames;
import org.lvsdirector.config.problem.Problem;

/** What single values mean. */
class ValuesTest {

  private static VirtualService service(String statements) {
    var text =
        "primary = 192.0.2.1\nvirtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
            + statements
            + "\nserver a {\nactive = 1\naddress = 10.0.0.1\n}\n}\n";
    var parsed = LvsCf.parse(text);
    assertThat(parsed.config()).as(parsed.problems().toString()).isNotNull();
    return Objects.requireNonNull(parsed.config()).services().getFirst();
  }

  private static Check.SendExpect sendExpect(String statements) {
    return (Check.SendExpect) service(statements).check().check();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1s",
        "250ms | 250ms",
        "1.5s | 1500ms",
        "1.5 | 1500ms",
        "2m | 120s",
        "1h | 1h",
        "90m | 5400s",
        "0.25s | 250ms",
        "0x10 | 16s",
        "20500us | 20500us",
        "1.000s | 1s"
      })
  void timeHasAUnitOrIsSeconds(String text, String meaning) {
    var interval = service("interval = " + text.strip()).check().interval();
    assertThat(DurationText.format(interval)).isEqualTo(meaning.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".5", "5.", "5 s", "1e3", "5S", "-1s", "08s", "1d", "1.5.2", "ms"})
  void otherTextIsNoTime(String text) {
    assertThat(DurationText.parse(text)).isNull();
  }

  @Test
  void escapesBecomeBytes() {
    var check = sendExpect("send = \"a\\r\\n\\t\\\\n\\'\\\"\\x00\\xff\u00e9\"");
    assertThat(check.send()).isEqualTo("a\r\n\t\\n'\"\0\u00ff\u00c3\u00a9");
    assertThat(check.expect()).isEqualTo(new Expect.Nothing());
  }

  @Test
  void starAndNothingAreAnyAnswer() {
    assertThat(sendExpect("expect = \"*\"").expect()).isEqualTo(new Expect.Anything());
    assertThat(sendExpect("expect = *").expect()).isEqualTo(new Expect.Anything());
    assertThat(sendExpect("expect = \"\"").expect()).isEqualTo(new Expect.Anything());
  }

  @Test
  void hashInsideOfAWordIsNoComment() {
    assertThat(sendExpect("expect = a#b # comment").expect()).isEqualTo(new Expect.Prefix("a#b"));
    assertThat(sendExpect("expect = #OK").expect()).isEqualTo(new Expect.Prefix("#OK"));
    assertThat(sendExpect("expect = \"# x\" # don't").expect()).isEqualTo(new Expect.Prefix("# x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[:digit:]]+ OK | 250 OK | true",
        "^2[0-9]\\d | 250 | true",
        "a[]x]b | a]b | true",
        "a[[]b | a[b | true",
        "[a&&b] | & | true",
        "200\\. | 2000 | false",
        "\\\\. | . | true",
        "a.b | a\u0000b | true"
      })
  void regexIsThatOfPosix(String regex, String text, boolean matches) {
    var check = sendExpect("use_regex = 1\nexpect = \"" + regex.strip() + "\"");
    var pattern = ((Expect.Regex) check.expect()).regex();
    assertThat(Pattern.compile(pattern).matcher(text.strip()).find()).isEqualTo(matches);
  }

  @Test
  void defaultCheckOfPort80IsHttpAndOtherwiseAConnection() {
    assertThat(service("").check().check())
        .isEqualTo(
            new Check.SendExpect(
                Protocol.TCP, "GET / HTTP/1.0\r\n\r\n", new Expect.Prefix("HTTP")));
    assertThat(service("port = 25").check().check()).isEqualTo(new Check.Connect());
    assertThat(service("check = tcp").check().check()).isEqualTo(new Check.Connect());
    assertThat(service("check = none").check().check()).isEqualTo(new Check.None());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout = 6 ~ reentry = 15 | 6s 6s 2 1",
        "timeout = 10 | 10s 10s 18 1",
        "timeout = 20 ~ reentry = 5 | 20s 20s 1 1",
        "reentry = 0 | 10s 10s 18 1",
        "timeout = 6 ~ reentry = 15 ~ rise = 5 ~ fall = 3 | 6s 6s 5 3",
        "timeout = 1 ~ interval = 250ms ~ reentry = 1 | 250ms 1s 4 1"
      })
  void reentryAndTimeoutGiveRise(String statements, String expected) {
    var check = service(statements.replace("~", "\n")).check();
    var told =
        DurationText.format(check.interval())
            + " "
            + DurationText.format(check.timeout())
            + " "
            + check.rise()
            + " "
            + check.fall();
    assertThat(told).isEqualTo(expected.strip());
  }

  @Test
  void ipv6IsUnderstoodEverywhere() {
    var text =
        """
        primary = 2001:db8::2
        backup = 2001:db8::3
        backup_active = 1
        virtual web {
          active = 1
          address = 2001:db8::80 eth0
          vip_nmask = /64
          persistent = 60
          pmask = /56
          sorry_server = [2001:db8::9]:8080
          server a {
            address = 2001:db8:1::1
            active = 1
          }
        }
        """;
    var parsed = LvsCf.parse(text);
    assertThat(parsed.problems()).isEmpty();
    var service = Objects.requireNonNull(parsed.config()).services().getFirst();
    assertThat(service.key()).hasToString("TCP [2001:db8::80]:80");
    assertThat(service.address().prefix()).isEqualTo(64);
    assertThat(service.forwarding().sorryServer()).hasToString("[2001:db8::9]:8080");
    assertThat(Objects.requireNonNull(service.forwarding().persistence()).prefix()).isEqualTo(56);
  }

  @Test
  void serversKeepThePortReadSoFar() {
    var service = service("port = 81\nserver b {\nactive = 1\naddress = 10.0.0.2\n}\nport = 82");
    assertThat(service.servers())
        .extracting(server -> server.endpoint().port())
        .isEqualTo(List.of(81, 82));
  }

  @Test
  void heartbeatDefaultsAreOursOnlyWhenNeitherIsGiven() {
    assertThat(pair("").keepalive()).isEqualTo(Duration.ofMillis(100));
    assertThat(pair("").deadtime()).isEqualTo(Duration.ofMillis(750));
    assertThat(pair("keepalive = 3").deadtime()).isEqualTo(Duration.ofSeconds(5));
    assertThat(pair("deadtime = 3").keepalive()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void namesAreLookedUpByTheResolverThatIsGiven() {
    var resolver =
        new NameResolver() {
          @Override
          public Answer address(String hostName, IpAddress.Family preferred) {
            return switch (preferred) {
              case IPV4 -> new Answer.Found(IpAddress.of("192.0.2.77"));
              case IPV6 -> new Answer.Found(IpAddress.of("2001:db8::77"));
            };
          }

          @Override
          public int port(String serviceName) {
            return 7777;
          }
        };
    var text = "primary = director-a\nheartbeat_port = beat\nvirtual w {\n}\n";
    var config = LvsCf.parse("lvs.cf", text, resolver).config();
    var pair = Objects.requireNonNull(config).pair();
    assertThat(pair.links().getFirst().primary()).hasToString("192.0.2.77");
    assertThat(pair.heartbeatPort()).isEqualTo(7777);
    var six = "primary = 2001:db8::1\nbackup = director-b\nbackup_active = 1\nvirtual w {\n}\n";
    var other = Objects.requireNonNull(LvsCf.parse("lvs.cf", six, resolver).config()).pair();
    assertThat(other.links().getFirst().backup()).hasToString("2001:db8::77");
  }

  @Test
  void whatIsNoHostNameIsNotLookedUp() {
    var resolver =
        new NameResolver() {
          @Override
          public Answer address(String hostName, IpAddress.Family preferred) {
            throw new IllegalStateException("asked for " + hostName);
          }

          @Override
          public int port(String serviceName) {
            return -1;
          }
        };
    for (var word : List.of("10.0.0.256", "10.0.0.1eth1:1", "a/b", "\"\"", "a".repeat(254))) {
      var parsed = LvsCf.parse("lvs.cf", "primary = " + word + "\nvirtual w {\n}\n", resolver);
      assertThat(parsed.problems()).extracting(Problem::code).contains("LVS0008");
    }
  }

  @Test
  void servicesAreReadAsServices5SaysAndPreferTcp() {
    var names =
        ServiceNames.parse(
            """
            # comment
            odd	1234/udp
            odd 1235/tcp strange # x
            foo 99999/tcp
            bar x/tcp
            http 8000/tcp

            udponly 69/udp
            """);
    assertThat(names.port("odd")).isEqualTo(1235);
    assertThat(names.port("strange")).isEqualTo(1235);
    assertThat(names.port("udponly")).isEqualTo(69);
    assertThat(names.port("http")).isEqualTo(8000);
    assertThat(names.port("ldaps")).isEqualTo(636);
    assertThat(names.port("foo")).isEqualTo(-1);
    assertThat(names.port("bar")).isEqualTo(-1);
  }

  private static Pair pair(String statements) {
    var parsed = LvsCf.parse("primary = 192.0.2.1\n" + statements + "\nvirtual w {\n}\n");
    return Objects.requireNonNull(parsed.config()).pair();
  }
}
