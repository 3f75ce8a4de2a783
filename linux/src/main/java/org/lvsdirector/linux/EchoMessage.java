// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An ICMP echo message; RFC 792, RFC 4443 section 4.
 *
 * @param isIpv6 which ICMP
 * @param isReply whether it answers
 * @param identifier who asks; 16 bits
 * @param sequence which question; 16 bits
 * @param token repeated by the answer
 */
public record EchoMessage(
    boolean isIpv6, boolean isReply, int identifier, int sequence, long token) {

  private static final int BYTES = 16;
  private static final int REQUEST = 8; // linux/icmp.h ICMP_ECHO
  private static final int REPLY = 0; // linux/icmp.h ICMP_ECHOREPLY
  private static final int REQUEST_IPV6 = 128; // linux/icmpv6.h ICMPV6_ECHO_REQUEST
  private static final int REPLY_IPV6 = 129; // linux/icmpv6.h ICMPV6_ECHO_REPLY

  /** The bytes. The checksum of ICMPv6, which covers the addresses too, is left to the kernel. */
  public byte[] encode() {
    var bytes =
        ByteBuffer.allocate(BYTES)
            .put((byte) type())
            .put((byte) 0)
            .putShort((short) 0)
            .putShort((short) identifier)
            .putShort((short) sequence)
            .putLong(token)
            .flip();
    if (!isIpv6) {
      bytes.putShort(2, InternetChecksum.of(bytes));
    }
    return bytes.array();
  }

  private int type() {
    if (isIpv6) {
      return isReply ? REPLY_IPV6 : REQUEST_IPV6;
    }
    return isReply ? REPLY : REQUEST;
  }

  /**
   * Reads what a socket received; empty for anything that is no echo message.
   *
   * @param hasIpHeader whether an IPv4 header is in front, as raw sockets have it
   */
  public static Optional<EchoMessage> decode(byte[] bytes, boolean isIpv6, boolean hasIpHeader) {
    var start = hasIpHeader && bytes.length > 0 ? (bytes[0] & 0xf) * 4 : 0;
    if (bytes.length < start + BYTES) {
      return Optional.empty();
    }
    var message = ByteBuffer.wrap(bytes, start, BYTES).slice();
    var type = message.get(0) & 0xff;
    var isReply = type == (isIpv6 ? REPLY_IPV6 : REPLY);
    if (!isReply && type != (isIpv6 ? REQUEST_IPV6 : REQUEST)) {
      return Optional.empty();
    }
    return Optional.of(
        new EchoMessage(
            isIpv6,
            isReply,
            message.getShort(4) & 0xffff,
            message.getShort(6) & 0xffff,
            message.getLong(8)));
  }
}
