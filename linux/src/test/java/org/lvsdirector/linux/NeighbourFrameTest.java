// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The golden frames are what Linux 6.18 itself sends with ndisc_notify, seen by tcpdump. */
class NeighbourFrameTest {
  private static final String ADVERTISEMENT =
      "33330000000102000000000a86dd600000000020"
          + "3aff20010db8000000000000000000000080ff020000000000000000000000000001"
          + "8800f8232000000020010db8000000000000000000000080020102000000000a";
  private static final String PROBE_WITH_NONCE =
      "3333ff00008002000000000a86dd600000000020"
          + "3aff00000000000000000000000000000000ff0200000000000000000001ff000080"
          + "8700c0720000000020010db80000000000000000000000800e0128b865d8eee2";
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0a");
  private static final HostAddress ADDRESS = new HostAddress(true, 0x20010db800000000L, 0x80);

  @Test
  void anUnsolicitedAdvertisementIsWhatTheKernelSendsButForItsLabel() {
    assertThat(hex(NeighbourFrame.unsolicited(MAC, ADDRESS, false)))
        .isEqualTo(ADVERTISEMENT.replace("60000000", "600d12ec"));
  }

  @Test
  void aRouterSaysThatItIsOne() {
    var frame = NeighbourFrame.unsolicited(MAC, ADDRESS, true);
    assertThat(frame.flags()).isEqualTo(NeighbourFrame.ROUTER | NeighbourFrame.OVERRIDE);
    assertThat(hex(frame)).contains("88007823a0000000");
  }

  @Test
  void aProbeHasNoSenderAndTellsNoMac() {
    var probe = NeighbourFrame.probe(MAC, ADDRESS);
    assertThat(hex(probe))
        .hasSize(2 * 78)
        .startsWith(PROBE_WITH_NONCE.substring(0, 36))
        .contains("ff0200000000000000000001ff0000808700")
        .endsWith("20010db8000000000000000000000080");
    assertThat(NeighbourFrame.decode(probe.encode())).contains(probe);
  }

  @Test
  void aFrameOfTheKernelIsUnderstood() {
    var labelled = HexFormat.of().parseHex(ADVERTISEMENT.replace("60000000", "600d12ec"));
    assertThat(NeighbourFrame.decode(labelled))
        .contains(NeighbourFrame.unsolicited(MAC, ADDRESS, false));
    assertThat(NeighbourFrame.decode(HexFormat.of().parseHex(ADVERTISEMENT)).orElseThrow())
        .extracting(NeighbourFrame::target, NeighbourFrame::flowLabel)
        .containsExactly(ADDRESS, 0);
    assertThat(NeighbourFrame.decode(HexFormat.of().parseHex(PROBE_WITH_NONCE)))
        .contains(NeighbourFrame.probe(MAC, ADDRESS));
  }

  @Test
  void framesSurviveTheirBytes() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var frame =
          new NeighbourFrame(
              ArpFrameTest.mac(random),
              ArpFrameTest.mac(random),
              host(random),
              host(random),
              random.nextBoolean() ? NeighbourFrame.SOLICITATION : NeighbourFrame.ADVERTISEMENT,
              random.nextInt(),
              host(random),
              random.nextBoolean() ? ArpFrameTest.mac(random) : MacAddress.NONE,
              random.nextInt(1 << 20));
      var padded = Arrays.copyOf(frame.encode(), 100);
      assertThat(NeighbourFrame.decode(padded)).as("seed %d", seed).contains(frame);
    }
  }

  @Test
  void aNoteSurvivesAndChangesNothingElse() {
    var note = new byte[18];
    new Random(7).nextBytes(note);
    var frame = NeighbourFrame.unsolicited(MAC, ADDRESS, false);
    var noted = frame.encode(note);
    assertThat(NeighbourFrame.decode(noted)).contains(frame);
    assertThat(NeighbourFrame.note(noted)).startsWith(note).hasSize(22);
    assertThat(noted.length - frame.encode().length).isEqualTo(24);
    assertThat(NeighbourFrame.note(frame.encode())).isEmpty();
    for (var length = 0; length < noted.length; length++) {
      assertThat(NeighbourFrame.note(Arrays.copyOf(noted, length))).isEmpty();
    }
  }

  @Test
  void oneWrongBitIsNoticed() {
    var good = HexFormat.of().parseHex(ADVERTISEMENT);
    for (var bit = 12 * 8; bit < good.length * 8; bit++) {
      var bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      var isTrafficClassOrFlowLabel = bit / 8 > 14 && bit / 8 < 18 || bit / 8 == 14 && bit % 8 < 4;
      assertThat(NeighbourFrame.decode(bad).isPresent())
          .as("bit %d", bit)
          .isEqualTo(isTrafficClassOrFlowLabel);
    }
  }

  @Test
  void noBytesMakeItFail() {
    var good = HexFormat.of().parseHex(PROBE_WITH_NONCE);
    for (var length = 0; length < good.length; length++) {
      assertThat(NeighbourFrame.decode(Arrays.copyOf(good, length))).isEmpty();
    }
    var random = new Random(7);
    for (var i = 0; i < 20_000; i++) {
      var bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      assertThat(NeighbourFrame.decode(bad)).isNotNull();
    }
  }

  private static HostAddress host(Random random) {
    return new HostAddress(true, random.nextLong(), random.nextLong());
  }

  private static String hex(NeighbourFrame frame) {
    return HexFormat.of().formatHex(frame.encode());
  }
}
