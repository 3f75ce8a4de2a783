// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.InterfaceAddress.Life;

/** The golden bytes come from Linux 6.18 on x86-64. */
class RouteCodecTest {
  private static final String IPV4 =
      "500000001400020001000000ab250000021880000300000008000100c000025008000200c0000250"
          + "0900030076613a3100000000080008008000000014000600ffffffffffffffff12ab120012ab1200";
  private static final String IPV6 =
      "500000001400020001000000ab2500000a4080fd0200000014000100fe80000000000000000000fffe00000b"
          + "14000600ffffffffffffffff19ab120019ab1200080008008000000005000b0003000000";

  /** Shortened to the attributes that are read, and one that is not. */
  private static final String LINK =
      "4400000010000200010000000000000000000100030000004310010000000000"
          + "070003007661000008000d00e80300000a00010002000000000a000008000a0007000000";

  private static final HostAddress VIRTUAL = HostAddress.of(new byte[] {(byte) 192, 0, 2, 80});

  @Test
  void anIpv4AddressOfTheKernelIsUnderstood() {
    assertThat(address(IPV4))
        .isEqualTo(new InterfaceAddress(VIRTUAL, VIRTUAL, 24, 3, "va:1", 0, 0x80, 0, Life.FOREVER));
  }

  @Test
  void anIpv6AddressOfTheKernelIsUnderstood() {
    var linkLocal = new HostAddress(true, 0xfe80L << 48, 0xff_fe00_000bL);
    assertThat(address(IPV6))
        .isEqualTo(
            new InterfaceAddress(linkLocal, linkLocal, 64, 2, "", 253, 0x80, 3, Life.FOREVER));
  }

  @Test
  void anInterfaceOfTheKernelIsUnderstood() {
    var link = RouteCodec.link(message(LINK).payload());
    assertThat(link)
        .isEqualTo(new NetworkLink(3, "va", 1, 0x11043, MacAddress.of("02:00:00:00:00:0a"), 7));
    assertThat(link.isUp()).isTrue();
    assertThat(link.hasCarrier()).isTrue();
    assertThat(link.hasNeighbours()).isTrue();
    assertThat(link.isLoopback()).isFalse();
  }

  @Test
  void everyAlternativeNameOfAnInterfaceIsRead() {
    var names =
        new Attributes.Writer()
            .string(53, "public0")
            .string(53, "an-alternative-name-of-a-network");
    var attributes = new Attributes.Writer().string(3, "eth0").nested(52, names).encode();
    var payload =
        ByteBuffer.allocate(16 + attributes.remaining())
            .order(ByteOrder.nativeOrder())
            .position(16)
            .put(attributes)
            .position(0);
    var link = RouteCodec.link(payload);
    assertThat(link.otherNames()).containsExactly("public0", "an-alternative-name-of-a-network");
    assertThat(List.of("eth0", "public0", "an-alternative-name-of-a-network"))
        .allMatch(link::isCalled);
    assertThat(link.isCalled("public")).isFalse();
  }

  @Test
  void aRequestHasTheBytesThatTheKernelTakes() {
    var address =
        new InterfaceAddress(
            VIRTUAL, VIRTUAL, 24, 3, "va:1", 0, InterfaceAddress.SECONDARY, 83, Life.FOREVER);
    assertThat(hex(RouteCodec.encode(address)))
        .isEqualTo(
            "0218000003000000"
                + "08000200c0000250"
                + "08000100c0000250"
                + "0800080000000000"
                + "0900030076613a3100000000"
                + "05000b0053000000");
  }

  @Test
  void aDeprecatedAddressIsWrittenWithItsLife() {
    var host = new HostAddress(true, 0x20010db800000000L, 0x80);
    var flags = InterfaceAddress.NO_DUPLICATE_DETECTION;
    var address =
        new InterfaceAddress(host, host, 128, 3, "", 0, flags, 0, Life.FOREVER_DEPRECATED);
    assertThat(hex(RouteCodec.encode(address)))
        .startsWith("0a80020003000000")
        .endsWith("14000600" + "00000000ffffffff" + "0000000000000000");
  }

  @Test
  void addressesSurviveTheirBytes() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var isIpv6 = random.nextBoolean();
      var address =
          new InterfaceAddress(
              host(random, isIpv6),
              host(random, isIpv6),
              random.nextInt(isIpv6 ? 129 : 33),
              random.nextInt(),
              isIpv6 ? "" : "eth0:" + random.nextInt(1000),
              random.nextInt(256),
              random.nextInt() & ~InterfaceAddress.STATE_FLAGS,
              random.nextInt(256),
              new Life(random.nextInt(), random.nextInt()));
      assertThat(RouteCodec.address(RouteCodec.encode(address)))
          .as("seed %d", seed)
          .contains(address);
    }
  }

  @Test
  void messagesOfTheGroupsBecomeEvents() {
    assertThat(RouteCodec.event(message(IPV4))).containsInstanceOf(RouteEvent.AddressSeen.class);
    assertThat(RouteCodec.event(retyped(IPV4, 21)))
        .contains(new RouteEvent.AddressGone(address(IPV4)));
    assertThat(RouteCodec.event(message(LINK))).containsInstanceOf(RouteEvent.LinkSeen.class);
    assertThat(RouteCodec.event(retyped(LINK, 17))).containsInstanceOf(RouteEvent.LinkGone.class);
    assertThat(RouteCodec.event(retyped(IPV4, 24))).isEmpty();
  }

  @Test
  void addressesOfOtherFamiliesAreLeftAlone() {
    assertThat(RouteCodec.address(bytes("1c08000001000000"))).isEmpty();
  }

  @Test
  void noBytesMakeTheDecodersFailOtherwise() {
    for (var seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var bytes = bytes(random.nextBoolean() ? IPV6 : random.nextBoolean() ? IPV4 : LINK);
      for (var i = random.nextInt(4); i >= 0; i--) {
        bytes.put(random.nextInt(16, bytes.limit()), (byte) random.nextInt());
      }
      var type = new int[] {16, 17, 20, 21}[random.nextInt(4)];
      var payload = bytes.slice(16, random.nextInt(bytes.limit() - 15));
      try {
        assertThat(RouteCodec.event(new NetlinkMessage(type, 0, 0, 0, payload))).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).containsAnyOf("netlink", "IP address");
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> RouteCodec.link(bytes("0000")));
  }

  private static HostAddress host(Random random, boolean isIpv6) {
    return isIpv6
        ? new HostAddress(true, random.nextLong(), random.nextLong())
        : ArpFrameTest.host(random);
  }

  private static InterfaceAddress address(String message) {
    return RouteCodec.address(message(message).payload()).orElseThrow();
  }

  private static NetlinkMessage retyped(String message, int type) {
    return new NetlinkMessage(type, 0, 0, 0, message(message).payload());
  }

  private static NetlinkMessage message(String hex) {
    return NetlinkCodec.decode(bytes(hex)).getFirst();
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
