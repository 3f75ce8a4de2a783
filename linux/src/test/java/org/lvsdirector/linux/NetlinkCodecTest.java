// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The golden bytes were exchanged with Linux 6.18 on x86-64. */
class NetlinkCodecTest {
  private static final String REQUEST =
      "20000000100005000100000000000000" + "03020000" + "0b0002006e6c6374726c0000";
  private static final String REPLY =
      "880000001000000001000000ef690000010200000b0002006e6c6374726c000006000100100000000800030002"
          + "000000080004000000000008000500000000002c000600140001000800010003000000080002000e000000"
          + "14000200080001000a000000080002000c0000001c0007001800010008000200100000000b0001006e6f74"
          + "6966790000";
  private static final String ACKNOWLEDGEMENT =
      "240000000200000101000000ef69000000000000" + "20000000100005000100000000000000";
  private static final String NO_SUCH_FAMILY =
      "340000000200000002000000ef690000feffffff"
          + "2000000010000500020000000000000003020000090002004950565300000000";
  private static final String EXPLAINED_CAPPED =
      "680000000200000304000000ef690000eaffffff2c000000100005000400000000000000"
          + "27000100417474726962757465206661696c656420706f6c6963792076616c69646174696f6e00"
          + "00080002001400000014000480080007000f000000080001000c000000";
  private static final String EXPLAINED_WHOLE =
      "840000000200000204000000ef690000eaffffff2c000000100005000400000000000000"
          + "03020000180002006161616161616161616161616161616161616161"
          + "27000100417474726962757465206661696c656420706f6c6963792076616c69646174696f6e00"
          + "00080002001400000014000480080007000f000000080001000c000000";

  @Test
  void aRequestHasTheBytesThatTheKernelTook() {
    var attributes = new Attributes.Writer().string(2, "nlctrl").encode();
    var payload = new GenericMessage(3, 2, attributes).encode();
    var flags = NetlinkMessage.REQUEST | NetlinkMessage.ACK;
    var bytes = NetlinkCodec.encode(new NetlinkMessage(16, flags, 1, 0, payload));
    assertThat(hex(bytes)).isEqualTo(REQUEST);
  }

  @Test
  void aReplyOfTheKernelIsUnderstood() {
    var messages = NetlinkCodec.decode(bytes(REPLY + ACKNOWLEDGEMENT));
    assertThat(messages).hasSize(2);
    assertThat(messages.getFirst())
        .extracting(NetlinkMessage::type, NetlinkMessage::sequence, NetlinkMessage::port)
        .containsExactly(16, 1, 0x69ef);
    var generic = GenericMessage.decode(messages.getFirst().payload());
    assertThat(generic.command()).isEqualTo(1);
    var attributes = Attributes.decode(generic.attributes());
    assertThat(attributes.types()).containsExactly(2, 1, 3, 4, 5, 6, 7);
    assertThat(attributes.string(2)).isEqualTo("nlctrl");
    assertThat(attributes.u16(1)).isEqualTo(16);
    assertThat(attributes.u32(3)).isEqualTo(2);
    assertThat(attributes.nested(7).nested(1).string(1)).isEqualTo("notify");
    assertThat(NetlinkCodec.verdict(messages.get(1))).isEqualTo(new NetlinkCodec.Verdict(0, ""));
  }

  @Test
  void errorsAreUnderstoodWithTheirExplanation() {
    assertThat(verdict(NO_SUCH_FAMILY)).isEqualTo(new NetlinkCodec.Verdict(Errno.ENOENT, ""));
    var explained = new NetlinkCodec.Verdict(Errno.EINVAL, "Attribute failed policy validation");
    assertThat(verdict(EXPLAINED_CAPPED)).isEqualTo(explained);
    assertThat(verdict(EXPLAINED_WHOLE)).isEqualTo(explained);
  }

  @Test
  void messagesSurviveTheirBytes() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var messages = new ArrayList<NetlinkMessage>();
      var datagram = ByteBuffer.allocate(4096);
      for (var i = random.nextInt(5); i >= 0; i--) {
        var payload = new byte[random.nextInt(60)];
        random.nextBytes(payload);
        var message =
            new NetlinkMessage(
                random.nextInt(65536),
                random.nextInt(65536),
                random.nextInt(),
                random.nextInt(),
                ByteBuffer.wrap(payload));
        messages.add(message);
        datagram.put(NetlinkCodec.encode(message));
      }
      assertThat(NetlinkCodec.decode(datagram.flip())).as("seed %d", seed).isEqualTo(messages);
    }
  }

  @Test
  void attributesSurviveTheirBytes() {
    for (var seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var bytes = new byte[random.nextInt(600)];
      random.nextBytes(bytes);
      var u16 = random.nextInt(65536);
      var u32 = random.nextInt();
      var u64 = random.nextLong();
      var text = "x".repeat(random.nextInt(20));
      var inner = new Attributes.Writer().bytes(1, bytes).u64(2, u64);
      var encoded =
          new Attributes.Writer()
              .u8(1, u16 & 0xff)
              .u16(2, u16)
              .u16BigEndian(3, u16)
              .u32(4, u32)
              .u64(5, u64)
              .string(6, text)
              .nested(7, inner)
              .bytes(8, bytes)
              .encode();
      assertThat(encoded.remaining() % 4).isZero();
      var read = Attributes.decode(encoded);
      assertThat(read.u8(1)).isEqualTo(u16 & 0xff);
      assertThat(read.u16(2)).isEqualTo(u16);
      assertThat(read.u16BigEndian(3)).isEqualTo(u16);
      assertThat(read.u32(4)).isEqualTo(u32);
      assertThat(read.u64(5)).isEqualTo(u64);
      assertThat(read.string(6)).isEqualTo(text);
      assertThat(read.nested(7)).isEqualTo(Attributes.decode(inner.encode()));
      assertThat(read.nested(7).u64(2)).isEqualTo(u64);
      assertThat(read.bytes(8)).isEqualTo(ByteBuffer.wrap(bytes));
    }
  }

  @Test
  void portsAreBigEndianOnRequestOnly() {
    assertThat(hex(new Attributes.Writer().u16BigEndian(4, 0x1f90).u16(5, 0x1f90).encode()))
        .isEqualTo("060004001f900000" + "06000500901f0000");
  }

  @Test
  void theMarkOfANestIsNoPartOfItsType() {
    var nested = Attributes.decode(bytes("0c000280" + "08000100" + "07000000"));
    assertThat(nested.nested(2).u32(1)).isEqualTo(7);
  }

  @Test
  void lengthsThatDoNotFitAreRefused() {
    var broken =
        List.of(
            "200000001000", // no whole header
            "0f000000100005000100000000000000", // shorter than its header
            "ffffffff100005000100000000000000", // negative
            "21000000100005000100000000000000"); // beyond the datagram
    for (var hex : broken) {
      assertThatIllegalArgumentException().isThrownBy(() -> NetlinkCodec.decode(bytes(hex)));
    }
    for (var hex : List.of("03000100", "0900010000000000")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Attributes.decode(bytes(hex)));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> GenericMessage.decode(bytes("0102")));
    var tooShort = Attributes.decode(bytes("0600010012340000"));
    assertThatIllegalArgumentException().isThrownBy(() -> tooShort.u32(1));
    assertThatIllegalArgumentException().isThrownBy(() -> tooShort.u32(9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attributes.Writer().bytes(1, new byte[65536]));
  }

  @Test
  void noBytesMakeTheDecodersFailOtherwise() {
    for (var seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var bytes = bytes(random.nextBoolean() ? EXPLAINED_WHOLE : REPLY);
      for (var i = random.nextInt(6); i >= 0; i--) {
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
      }
      bytes.limit(random.nextInt(bytes.limit() + 1));
      try {
        for (var message : NetlinkCodec.decode(bytes)) {
          NetlinkCodec.verdict(message);
          Attributes.decode(GenericMessage.decode(message.payload()).attributes());
        }
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("netlink");
      }
    }
  }

  private static NetlinkCodec.Verdict verdict(String hex) {
    return NetlinkCodec.verdict(NetlinkCodec.decode(bytes(hex)).getFirst());
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static String hex(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
