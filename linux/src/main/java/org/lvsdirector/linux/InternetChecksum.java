// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;

/** The checksum of IP and what is above it; RFC 1071. */
final class InternetChecksum {
  private InternetChecksum() {}

  /** The checksum of ICMP for IPv4, whose own field is 0. */
  static short of(ByteBuffer message) {
    return folded(sum(message));
  }

  /** The checksum of ICMPv6, whose own field is 0, with its pseudo header; RFC 8200 section 8.1. */
  static short ofIcmpv6(HostAddress source, HostAddress destination, ByteBuffer message) {
    var pseudo =
        ByteBuffer.allocate(40)
            .put(source.bytes())
            .put(destination.bytes())
            .putInt(message.remaining())
            .putInt(NeighbourFrame.ICMPV6)
            .flip();
    return folded(sum(pseudo) + sum(message));
  }

  private static long sum(ByteBuffer bytes) {
    var rest = bytes.slice();
    var sum = 0L;
    while (rest.remaining() >= 2) {
      sum += rest.getShort() & 0xffff;
    }
    return rest.hasRemaining() ? sum + ((rest.get() & 0xff) << 8) : sum;
  }

  private static short folded(long sum) {
    var folded = sum;
    while (folded >> 16 != 0) {
      folded = (folded & 0xffff) + (folded >> 16);
    }
    return (short) ~folded;
  }
}
