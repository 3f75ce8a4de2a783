// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  /** RFC 5952 sections 1, 2 and 4, and RFC 4291 section 2.2. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8::1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:0:1::1, 2001:db8::1:0:0:1",
    "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "FF01:0:0:0:0:0:0:101, ff01::101",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "0:0:0:0:0:FFFF:129.144.52.38, ::ffff:129.144.52.38",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1::, 1::",
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255"
  })
  void literalIsWrittenInItsCanonicalForm(String literal, String canonical) {
    assertThat(IpAddress.of(literal)).hasToString(canonical);
    assertThat(IpAddress.of(canonical)).isEqualTo(IpAddress.of(literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4 ",
        "1..2.3",
        "+1.2.3.4",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8:9",
        "1::2::3",
        "12345::",
        "g::",
        "::1.2.3",
        "::1.2.3.4:5",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "fe80::1%eth0",
        "[::1]",
        "::1/64",
        "\u0661.2.3.4",
        "www.example.com"
      })
  void otherTextIsNoLiteral(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @Test
  void everyAddressSurvivesTextAndBytes() {
    var random = new Random(5952);
    for (var i = 0; i < 20_000; i++) {
      var address = random.nextBoolean() ? ipv4(random) : ipv6(random);
      assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
      assertThat(IpAddress.ofBytes(address.bytes())).isEqualTo(address);
    }
  }

  private static IpAddress ipv4(Random random) {
    return IpAddress.ofIpv4(random.nextInt());
  }

  /** Many groups are zero, so that gaps of all lengths and places occur. */
  private static IpAddress ipv6(Random random) {
    var bytes = new byte[16];
    for (var group = 0; group < 8; group++) {
      if (random.nextInt(3) == 0) {
        bytes[2 * group + 1] = (byte) random.nextInt(256);
        bytes[2 * group] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0);
      }
    }
    return IpAddress.ofBytes(bytes);
  }

  @Test
  void maskClearsWhatFollowsThePrefix() {
    assertThat(IpAddress.of("192.0.2.200").masked(25)).hasToString("192.0.2.128");
    assertThat(IpAddress.of("192.0.2.200").masked(0)).hasToString("0.0.0.0");
    assertThat(IpAddress.of("2001:db8:ffff::1").masked(33)).hasToString("2001:db8:8000::");
    assertThat(IpAddress.of("2001:db8::1").masked(128)).hasToString("2001:db8::1");
  }
}
