// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.link.HeartbeatCodec.Decoded;
import org.lvsdirector.pulse.link.HeartbeatCodec.Reason;

class HeartbeatCodecTest {

  private static final List<Role> ROLES = List.of(Role.values());

  private static final Heartbeat SAMPLE =
      new Heartbeat(
          Node.BACKUP,
          0x0102030405060708L,
          9,
          4,
          Role.ACTIVE,
          true,
          1,
          3,
          Set.of(Heartbeat.Flag.LEAVING, Heartbeat.Flag.STOP, Heartbeat.Flag.REQUESTS),
          "ab12",
          "no",
          0xabc);

  private static final String GOLDEN =
      "4c565350"
          + "01"
          + "01"
          + "04"
          + "03"
          + "0038"
          + "0001"
          + "0003"
          + "0005"
          + "0102030405060708"
          + "0000000000000009"
          + "0000000000000004"
          + "04"
          + "61623132"
          + "02"
          + "6e6f"
          + "0000000000000abc";

  private static Decoded decode(byte[] bytes) {
    return HeartbeatCodec.decode(bytes, 0, bytes.length);
  }

  private static Reason rejected(byte[] bytes) {
    assertThat(decode(bytes)).isInstanceOf(Decoded.Rejected.class);
    return ((Decoded.Rejected) decode(bytes)).reason();
  }

  @Test
  void bytesAreAsDocumented() {
    assertThat(HexFormat.of().formatHex(HeartbeatCodec.encode(SAMPLE))).isEqualTo(GOLDEN);
    assertThat(decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(new Decoded.Accepted(SAMPLE));
  }

  @Test
  void everyHeartbeatSurvivesTheRoundTrip() {
    for (var seed = 0; seed < 2000; seed++) {
      var heartbeat = random(new Random(seed));
      assertThat(decode(HeartbeatCodec.encode(heartbeat)))
          .as("seed %d", seed)
          .isEqualTo(new Decoded.Accepted(heartbeat));
    }
  }

  @Test
  void readsFromTheMiddleOfABuffer() {
    var bytes = HeartbeatCodec.encode(SAMPLE);
    var buffer = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, buffer, 7, bytes.length);
    assertThat(HeartbeatCodec.decode(buffer, 7, bytes.length))
        .isEqualTo(new Decoded.Accepted(SAMPLE));
  }

  @Test
  void everyCutIsRejected() {
    var bytes = HeartbeatCodec.encode(SAMPLE);
    for (var length = 0; length < bytes.length; length++) {
      assertThat(rejected(Arrays.copyOf(bytes, length))).isIn(Reason.FOREIGN, Reason.LENGTH);
    }
  }

  @Test
  void anUnknownVersionIsRejectedAsSuch() {
    var bytes = HeartbeatCodec.encode(SAMPLE);
    bytes[4] = 2;
    assertThat(rejected(bytes)).isEqualTo(Reason.VERSION);
  }

  @Test
  void impossibleFieldsAreRejected() {
    assertThat(rejected(with(5, 2))).isEqualTo(Reason.FIELD);
    assertThat(rejected(with(6, 0))).isEqualTo(Reason.FIELD);
    assertThat(rejected(with(6, 8))).isEqualTo(Reason.FIELD);
    assertThat(rejected(with(31, 0))).as("sequence 0").isEqualTo(Reason.FIELD);
    assertThat(rejected(with(32, 0x80))).as("negative term").isEqualTo(Reason.FIELD);
    assertThat(rejected(with(41, 7))).as("control character").isEqualTo(Reason.FIELD);
    assertThat(rejected(with(40, 200))).as("digest beyond the end").isEqualTo(Reason.LENGTH);
  }

  @Test
  void fieldsOfALaterReleaseAreIgnored() {
    var bytes = HeartbeatCodec.encode(SAMPLE);
    var longer = Arrays.copyOf(bytes, bytes.length + 5);
    longer[9] = (byte) longer.length;
    longer[7] = (byte) 0x83;
    assertThat(decode(longer)).isEqualTo(new Decoded.Accepted(SAMPLE));
  }

  @Test
  void noiseNeverThrows() {
    var random = new Random(7);
    var good = HeartbeatCodec.encode(SAMPLE);
    var accepted = 0;
    for (var i = 0; i < 50_000; i++) {
      var bytes = good.clone();
      for (var flips = random.nextInt(1, 6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      accepted += decode(bytes) instanceof Decoded.Accepted ? 1 : 0;
    }
    assertThat(accepted).isBetween(1, 49_999);
  }

  @Test
  void textIsCutAndCleaned() {
    var heartbeat =
        new Heartbeat(
            Node.PRIMARY, 1, 1, 1, Role.FAULT, false, 0, 0, Set.of(), "x".repeat(300), "ü\n", 0);
    assertThat(heartbeat.configDigest()).hasSize(Heartbeat.MAX_TEXT);
    assertThat(heartbeat.reason()).isEqualTo("??");
    assertThat(HeartbeatCodec.encode(heartbeat)).hasSizeLessThan(HeartbeatCodec.MAX_BYTES);
  }

  private static byte[] with(int at, int value) {
    var bytes = HeartbeatCodec.encode(SAMPLE);
    bytes[at] = (byte) value;
    return bytes;
  }

  private static Heartbeat random(Random random) {
    return new Heartbeat(
        random.nextBoolean() ? Node.PRIMARY : Node.BACKUP,
        random.nextLong(),
        random.nextLong(1, Long.MAX_VALUE),
        random.nextLong(0, Heartbeat.MAX_TERM + 1),
        ROLES.get(random.nextInt(ROLES.size())),
        random.nextBoolean(),
        random.nextInt(65536),
        random.nextInt(65536),
        random.nextBoolean() ? Set.of(Heartbeat.Flag.LEAVING) : Set.of(),
        "d".repeat(random.nextInt(Heartbeat.MAX_TEXT + 1)),
        "r".repeat(random.nextInt(Heartbeat.MAX_TEXT + 1)),
        0);
  }

  @Test
  void messageWithoutAPositionIsThatOfAnEarlierRelease() {
    var heartbeat =
        new Heartbeat(Node.PRIMARY, 1, 1, 0, Role.STANDBY, true, 0, 0, Set.of(), "d", "r", 0);
    assertThat(decode(cut(heartbeat, 8))).isEqualTo(new Decoded.Accepted(heartbeat));
    var empty = new Heartbeat(Node.PRIMARY, 1, 1, 0, Role.STANDBY, true, 0, 0, Set.of(), "", "", 0);
    assertThat(cut(empty, 8)).as("the shortest").hasSize(42);
    assertThat(decode(cut(empty, 8))).isEqualTo(new Decoded.Accepted(empty));
    assertThat(rejected(cut(empty, 9))).isEqualTo(Reason.LENGTH);
  }

  @Test
  void textThatReachesBeyondTheEndIsRejected() {
    assertThat(rejected(with(45, 200))).as("reason").isEqualTo(Reason.LENGTH);
    assertThat(rejected(with(40, 15))).as("no room for a reason").isEqualTo(Reason.LENGTH);
  }

  @Test
  void limitsAreWhereTheyAreDocumented() {
    var bytes = HeartbeatCodec.encode(SAMPLE);
    assertThat(decode(resized(bytes, 512))).isEqualTo(new Decoded.Accepted(SAMPLE));
    assertThat(rejected(resized(bytes, 513))).isEqualTo(Reason.LENGTH);
    bytes[4] = 2;
    assertThat(rejected(Arrays.copyOf(bytes, 5))).isEqualTo(Reason.VERSION);
    assertThat(rejected(Arrays.copyOf(bytes, 4))).isEqualTo(Reason.FOREIGN);
    for (var term : List.of(0L, Heartbeat.MAX_TERM)) {
      var heartbeat =
          new Heartbeat(Node.BACKUP, 1, 1, term, Role.FAULT, false, 0, 0, Set.of(), " ", "~", 0);
      assertThat(decode(HeartbeatCodec.encode(heartbeat)))
          .isEqualTo(new Decoded.Accepted(heartbeat));
    }
    assertThat(rejected(with(32, 0x40))).as("4 above the highest term").isEqualTo(Reason.FIELD);
    assertThat(rejected(with(41, 0x1f))).isEqualTo(Reason.FIELD);
    assertThat(rejected(with(41, 0x7f))).isEqualTo(Reason.FIELD);
  }

  private static byte[] cut(Heartbeat heartbeat, int bytes) {
    var whole = HeartbeatCodec.encode(heartbeat);
    return resized(whole, whole.length - bytes);
  }

  private static byte[] resized(byte[] bytes, int length) {
    var copy = Arrays.copyOf(bytes, length);
    copy[8] = (byte) (length >> 8);
    copy[9] = (byte) length;
    return copy;
  }
}
