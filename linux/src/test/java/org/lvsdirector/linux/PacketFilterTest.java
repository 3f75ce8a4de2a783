// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The programs, carried out as linux/filter.h says. */
class PacketFilterTest {
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0a");
  private static final HostAddress ADDRESS = HostAddress.of(new byte[] {10, 0, 0, 1});
  private static final HostAddress OTHER = HostAddress.of(new byte[] {10, 0, 0, 2});
  private static final HostAddress IPV6 = new HostAddress(true, 0x20010db800000000L, 0x80);
  private static final byte[] GRATUITOUS = ArpFrame.gratuitousRequest(MAC, ADDRESS).encode();
  private static final byte[] PROBE = ArpFrame.probe(MAC, ADDRESS).encode();
  private static final byte[] ANSWER =
      new ArpFrame(MAC, MAC, ArpFrame.REPLY, MAC, ADDRESS, MAC, OTHER).encode();
  private static final byte[] ADVERTISEMENT = NeighbourFrame.unsolicited(MAC, IPV6, false).encode();
  private static final byte[] SOLICITATION = NeighbourFrame.probe(MAC, IPV6).encode();

  @Test
  void answersAreTold() {
    assertThat(takes(PacketFilter.ARP_REPLIES, ANSWER)).isTrue();
    assertThat(takes(PacketFilter.ARP_REPLIES, GRATUITOUS)).isFalse();
    assertThat(takes(PacketFilter.ARP_REPLIES, PROBE)).isFalse();
  }

  @Test
  void announcementsAreTold() {
    var reply = ArpFrame.gratuitousReply(MAC, ADDRESS).encode();
    assertThat(takes(PacketFilter.GRATUITOUS_ARP, GRATUITOUS)).isTrue();
    assertThat(takes(PacketFilter.GRATUITOUS_ARP, reply)).isTrue();
    assertThat(takes(PacketFilter.GRATUITOUS_ARP, ANSWER)).isFalse();
    assertThat(takes(PacketFilter.GRATUITOUS_ARP, PROBE)).isFalse();
  }

  @Test
  void advertisementsAreTold() {
    assertThat(takes(PacketFilter.ADVERTISEMENTS, ADVERTISEMENT)).isTrue();
    assertThat(takes(PacketFilter.ADVERTISEMENTS, SOLICITATION)).isFalse();
    var tcp = ADVERTISEMENT.clone();
    tcp[20] = 6;
    assertThat(takes(PacketFilter.ADVERTISEMENTS, tcp)).isFalse();
  }

  @Test
  void aFrameThatIsTooShortIsNotTaken() {
    assertThat(takes(PacketFilter.GRATUITOUS_ARP, new byte[20])).isFalse();
    assertThat(takes(PacketFilter.NOTHING, GRATUITOUS)).isFalse();
    assertThat(takes(PacketFilter.ARP, GRATUITOUS)).isTrue();
  }

  @Test
  void anInstructionHasEightBytes() {
    assertThat(PacketFilter.ARP_REPLIES.encode().remaining()).isEqualTo(32);
  }

  private static boolean takes(PacketFilter filter, byte[] bytes) {
    var frame = ByteBuffer.wrap(bytes);
    var accumulator = 0;
    var index = 0;
    for (var at = 0; at < filter.program().size(); at++) {
      var step = filter.program().get(at);
      var operand = step.operand();
      switch (step.code()) {
        case 0x20, 0x28, 0x30 -> {
          if (operand + 4 > bytes.length) {
            return false;
          }
          accumulator =
              step.code() == 0x20
                  ? frame.getInt(operand)
                  : step.code() == 0x28
                      ? frame.getShort(operand) & 0xffff
                      : frame.get(operand) & 0xff;
        }
        case 0x07 -> index = accumulator;
        case 0x15 -> at += accumulator == operand ? step.jumpTrue() : step.jumpFalse();
        case 0x1d -> at += accumulator == index ? step.jumpTrue() : step.jumpFalse();
        case 0x06 -> {
          return operand > 0;
        }
        default -> throw new AssertionError("instruction " + step);
      }
    }
    throw new AssertionError("no return");
  }
}
