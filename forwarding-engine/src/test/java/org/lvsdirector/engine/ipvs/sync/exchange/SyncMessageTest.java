// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry.Options;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry.Sequence;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncMessage.Decoded;

class SyncMessageTest {
  /** What the master daemon of Linux 6.1 sent: IPv4, IPv6, templates, a mark, UDP, SIP. */
  private static final String CAPTURED =
      """
          000702380c0100000006002400000083000104380050005000000000000003840a0900020a4d0001
          0a09000b00060024000000000001043900511f9100000000000003840a0900020a4d00010a09000b
          00060024000011830000000001bb01bb00000000000000f00a0900020a4d00010a09000c00060024
          00000083000105a301bb01bb00000000000003840a0900020a4d00010a09000c0000002400001183
          0000000000000000000000050000012c0a090002000000050a09000c000600240000008300012328
          1f401f4000000005000003840a0900020a4d00010a09000c01060048000000830001043800500050
          0000000000000384fd090000000000000000000000000002fd770000000000000000000000000001
          fd09000000000000000000000000001101060048000011830000000001bb01bb00000000000000f0
          fd090000000000000000000000000002fd770000000000000000000000000001fd09000000000000
          00000000000000120106004800000083000105a301bb01bb0000000000000384fd09000000000000
          0000000000000002fd770000000000000000000000000001fd090000000000000000000000000012
          0011002400000183000014e900350035000000000000012c0a0900020a4d00010a09000b00110024
          00000100000013c413c413c4000000000000012c0a0900020a4d00010a09000c0011003800001100
          0000000013c413c400000000000000640a0900020a4d00010a09000c020d61626331323334354068
          6f73740303736970
      """
          .replaceAll("\\s", "");

  @Test
  void whatTheKernelSentIsReadAndWrittenAgain() {
    var bytes = HexFormat.of().parseHex(CAPTURED);
    var decoded = decoded(bytes);
    assertThat(decoded.entries()).hasSize(12);
    assertThat(SyncMessage.encode(decoded.syncId(), SyncMessage.MAX_BYTES, decoded.entries()))
        .containsExactly(bytes);
  }

  @Test
  void whatTheKernelSentMeansThis() {
    var decoded = decoded(HexFormat.of().parseHex(CAPTURED));
    assertThat(decoded.syncId()).isEqualTo(7);
    var direct = decoded.entries().getFirst();
    assertThat(direct.flags()).isEqualTo(SyncEntry.F_NO_OUTPUT | 3);
    assertThat(direct.state()).isEqualTo(1);
    assertThat(direct.timeoutSeconds()).isEqualTo(900);
    assertThat(direct.client()).hasToString("10.9.0.2:1080");
    assertThat(direct.virtual()).hasToString("10.77.0.1:80");
    assertThat(direct.server()).hasToString("10.9.0.11:80");
    var ofMark = decoded.entries().get(4);
    assertThat(ofMark.protocol()).isZero();
    assertThat(ofMark.mark()).isEqualTo(5);
    assertThat(ofMark.virtual()).hasToString("0.0.0.5:0");
    assertThat(decoded.entries().get(6).family()).isEqualTo(Family.IPV6);
    var engine = decoded.entries().getLast().options();
    assertThat(engine.engineName()).isEqualTo("sip");
    assertThat(engine.engineData()).isEqualTo("abc12345@host");
  }

  @Test
  void everyEntrySurvivesWritingAndReading() {
    for (var seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var entries = new ArrayList<SyncEntry>();
      for (var i = random.nextInt(300); i > 0; i--) {
        entries.add(entry(random));
      }
      var datagrams = SyncMessage.encode(9, SyncMessage.MAX_BYTES, entries);
      var read = new ArrayList<SyncEntry>();
      for (var datagram : datagrams) {
        assertThat(datagram.length).isLessThanOrEqualTo(SyncMessage.MAX_BYTES);
        var decoded = decoded(datagram);
        assertThat(decoded.syncId()).isEqualTo(9);
        read.addAll(decoded.entries());
      }
      assertThat(read).as("seed %d", seed).isEqualTo(entries);
    }
  }

  @Test
  void brokenDatagramsAreRefusedAndNeverThrow() {
    var bytes = HexFormat.of().parseHex(CAPTURED);
    for (var seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var broken = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      if (random.nextBoolean() && broken.length >= 4) {
        broken[2] = (byte) (broken.length >> 8);
        broken[3] = (byte) broken.length;
      }
      var _ = SyncMessage.decode(broken);
    }
    assertThat(SyncMessage.decode(Arrays.copyOf(bytes, bytes.length - 1))).isNull();
  }

  @Test
  void anEntryWithAnUnknownOptionIsLeftOutUnlessTheOptionIsOptional() {
    var plain = SyncMessage.encode(1, 1472, List.of(entry(new Random(1)))).getFirst();
    var length = plain.length - 8;
    for (var type : List.of(0x07, 0x47)) {
      var longer = Arrays.copyOf(plain, plain.length + 5);
      longer[3] = (byte) longer.length;
      longer[2] = (byte) (longer.length >> 8);
      longer[8 + 3] = (byte) (length + 5);
      longer[plain.length] = type.byteValue();
      longer[plain.length + 1] = 3;
      assertThat(decoded(longer).entries()).hasSize(type == 0x47 ? 1 : 0);
    }
  }

  private static Decoded decoded(byte[] bytes) {
    return Objects.requireNonNull(SyncMessage.decode(bytes));
  }

  private static SyncEntry entry(Random random) {
    var family = random.nextBoolean() ? Family.IPV4 : Family.IPV6;
    var sequence = random.nextInt(4) == 0;
    return new SyncEntry(
        family,
        random.nextInt(256),
        random.nextInt(),
        random.nextInt(16),
        end(family, random),
        end(family, random),
        end(family, random),
        random.nextInt(),
        random.nextInt(1_000_000),
        new Options(
            sequence ? sequence(random) : null,
            sequence ? sequence(random) : null,
            random.nextInt(4) == 0 ? "sip" : "",
            random.nextInt(4) == 0 ? "x".repeat(1 + random.nextInt(255)) : ""));
  }

  private static Sequence sequence(Random random) {
    return new Sequence(random.nextInt(), random.nextInt(), random.nextInt());
  }

  private static Endpoint end(Family family, Random random) {
    var bytes = new byte[family.bits() / 8];
    random.nextBytes(bytes);
    return new Endpoint(IpAddress.ofBytes(bytes), random.nextInt(65536));
  }
}
