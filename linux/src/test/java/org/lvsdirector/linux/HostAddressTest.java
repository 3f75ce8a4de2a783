// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostAddressTest {

  @Test
  void addressesSurviveTheirBytes() {
    var random = new Random(1);
    for (var i = 0; i < 500; i++) {
      var ipv4 = ArpFrameTest.host(random);
      var ipv6 = new HostAddress(true, random.nextLong(), random.nextLong());
      var mac = ArpFrameTest.mac(random);
      assertThat(HostAddress.of(ipv4.bytes())).isEqualTo(ipv4);
      assertThat(HostAddress.of(ipv6.bytes())).isEqualTo(ipv6);
      assertThat(MacAddress.of(mac.bytes())).isEqualTo(mac);
      assertThat(MacAddress.of(mac.toString())).isEqualTo(mac);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> HostAddress.of(new byte[5]));
    assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of(new byte[5]));
  }

  @Test
  void networksAreComparedByTheirLeadingBits() {
    var random = new Random(2);
    for (var i = 0; i < 2000; i++) {
      var isIpv6 = random.nextBoolean();
      var one = isIpv6 ? ipv6(random) : ArpFrameTest.host(random);
      var bits = one.bits();
      var flipped = new BigInteger(1, one.bytes()).flipBit(random.nextInt(bits)).toByteArray();
      var padded = new byte[bits / 8];
      var length = Math.min(flipped.length, padded.length);
      System.arraycopy(flipped, flipped.length - length, padded, padded.length - length, length);
      var other = HostAddress.of(padded);
      var prefix = random.nextInt(bits + 1);
      var difference = new BigInteger(1, one.bytes()).xor(new BigInteger(1, other.bytes()));
      var isSame = difference.shiftRight(bits - prefix).signum() == 0;
      assertThat(one.isInNetworkOf(other, prefix)).isEqualTo(isSame);
    }
    assertThat(HostAddress.ANY_IPV4.isInNetworkOf(HostAddress.ANY_IPV6, 0)).isFalse();
  }

  private static HostAddress ipv6(Random random) {
    return new HostAddress(true, random.nextLong(), random.nextLong());
  }

  @Test
  void textsAreReadable() {
    assertThat(HostAddress.of(new byte[] {(byte) 192, 0, 2, (byte) 255}))
        .hasToString("192.0.2.255");
    assertThat(HostAddress.ALL_NODES).hasToString("ff02:0000:0000:0000:0000:0000:0000:0001");
    assertThat(MacAddress.ofMulticast(HostAddress.ALL_NODES)).hasToString("33:33:00:00:00:01");
    assertThat(new HostAddress(true, 1, 0xabcdef).solicitedNode())
        .hasToString("ff02:0000:0000:0000:0000:0001:ffab:cdef");
  }

  @Test
  void capabilitiesAreReadFromTheStatusFile() {
    var lines = List.of("Name:\tjava", "CapPrm:\tffffffffffffffff", "CapEff:\t0000000000001000");
    assertThat(Capabilities.of(lines).hasNetAdmin()).isTrue();
    assertThat(Capabilities.of(lines).hasNetRaw()).isFalse();
    assertThat(Capabilities.of(List.of()).hasNetAdmin()).isFalse();
  }
}
