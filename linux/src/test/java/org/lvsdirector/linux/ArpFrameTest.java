// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The golden question is what Linux 6.18 itself sends with arp_notify, seen by tcpdump. */
class ArpFrameTest {
  private static final String OF_THE_KERNEL =
      "ffffffffffff02000000000a0806" + "000108000604000102000000000ac0000250000000000000c0000250";
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0a");
  private static final HostAddress ADDRESS = host(192, 0, 2, 80);

  @Test
  void whatStandsInThePaddingSurvivesAndChangesNothingElse() {
    var random = new Random(7);
    var padding = new byte[18];
    random.nextBytes(padding);
    var frame = ArpFrame.gratuitousReply(mac(random), HostAddress.ANY_IPV4);
    assertThat(ArpFrame.decode(frame.encode(padding))).contains(frame);
    assertThat(ArpFrame.padding(frame.encode(padding))).isEqualTo(padding);
    assertThat(ArpFrame.padding(frame.encode())).isEmpty();
    assertThat(ArpFrame.padding(new byte[3])).isEmpty();
  }

  @Test
  void aGratuitousRequestIsWhatTheKernelSends() {
    assertThat(hex(ArpFrame.gratuitousRequest(MAC, ADDRESS))).isEqualTo(OF_THE_KERNEL);
  }

  @Test
  void aGratuitousReplyTellsTheMacTwice() {
    assertThat(hex(ArpFrame.gratuitousReply(MAC, ADDRESS)))
        .isEqualTo(
            "ffffffffffff02000000000a0806"
                + "000108000604000202000000000ac000025002000000000ac0000250");
  }

  @Test
  void aProbeHasNoSender() {
    var probe = ArpFrame.probe(MAC, ADDRESS);
    assertThat(hex(probe))
        .isEqualTo(
            "ffffffffffff02000000000a0806"
                + "000108000604000102000000000a00000000000000000000c0000250");
    assertThat(probe.isGratuitous()).isFalse();
  }

  @Test
  void aFrameOfTheKernelIsUnderstoodPaddedOrNot() {
    var frame = HexFormat.of().parseHex(OF_THE_KERNEL);
    var padded = HexFormat.of().parseHex(OF_THE_KERNEL + "00".repeat(18));
    assertThat(ArpFrame.decode(frame)).contains(ArpFrame.gratuitousRequest(MAC, ADDRESS));
    assertThat(ArpFrame.decode(padded)).isEqualTo(ArpFrame.decode(frame));
    assertThat(ArpFrame.decode(frame).orElseThrow().isGratuitous()).isTrue();
  }

  @Test
  void framesSurviveTheirBytes() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var frame =
          new ArpFrame(
              mac(random),
              mac(random),
              random.nextInt(65536),
              mac(random),
              host(random),
              mac(random),
              host(random));
      assertThat(ArpFrame.decode(frame.encode())).as("seed %d", seed).contains(frame);
    }
  }

  @Test
  void whatIsNoArpForIpv4IsLeftAlone() {
    var good = HexFormat.of().parseHex(OF_THE_KERNEL);
    for (var at : new int[] {12, 13, 14, 15, 16, 17, 18, 19}) {
      var bad = good.clone();
      bad[at] ^= 0x20;
      assertThat(ArpFrame.decode(bad)).as("byte %d", at).isEmpty();
    }
    for (var length = 0; length < good.length; length++) {
      assertThat(ArpFrame.decode(Arrays.copyOf(good, length))).isEmpty();
    }
  }

  static MacAddress mac(Random random) {
    return new MacAddress(random.nextLong() >>> 16);
  }

  static HostAddress host(Random random) {
    return new HostAddress(false, 0, random.nextLong() >>> 32);
  }

  private static HostAddress host(int... octets) {
    var bytes = new byte[octets.length];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return HostAddress.of(bytes);
  }

  private static String hex(ArpFrame frame) {
    return HexFormat.of().formatHex(frame.encode());
  }
}
