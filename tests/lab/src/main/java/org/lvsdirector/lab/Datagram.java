// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.lvsdirector.linux.MacAddress;

/**
 * A UDP datagram over IPv4 without options, in an Ethernet frame; RFC 768, RFC 791.
 *
 * @param from where it comes from
 * @param to where it goes to
 * @param fromPort the port there
 * @param toPort the port there
 * @param payload what it carries
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Datagram(String from, String to, int fromPort, int toPort, byte[] payload) {
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;
  private static final int UDP = 8;
  private static final int HEADERS = ETHERNET + IPV4 + UDP;

  /** Reads a frame; empty for anything else. */
  static Optional<Datagram> decode(byte[] frame) {
    var bytes = ByteBuffer.wrap(frame);
    var isUdp =
        frame.length >= HEADERS
            && bytes.getShort(12) == 0x0800
            && bytes.get(ETHERNET) == 0x45
            && bytes.get(ETHERNET + 9) == 17;
    if (!isUdp) {
      return Optional.empty();
    }
    var udp = ETHERNET + IPV4;
    var length = bytes.getShort(udp + 4) & 0xffff;
    return Optional.of(
        new Datagram(
            address(frame, ETHERNET + 12),
            address(frame, ETHERNET + 16),
            bytes.getShort(udp) & 0xffff,
            bytes.getShort(udp + 2) & 0xffff,
            Arrays.copyOfRange(frame, HEADERS, Math.min(frame.length, udp + length))));
  }

  /** A frame that carries it; the checksum of UDP is left out, as IPv4 allows. */
  byte[] encode(MacAddress source, MacAddress destination) throws UnknownHostException {
    var bytes = ByteBuffer.allocate(HEADERS + payload.length);
    bytes.put(destination.bytes()).put(source.bytes()).putShort((short) 0x0800);
    bytes.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4 + UDP + payload.length));
    bytes.putInt(0x4000).put((byte) 64).put((byte) 17).putShort((short) 0);
    bytes.put(InetAddress.ofLiteral(from).getAddress());
    bytes.put(InetAddress.ofLiteral(to).getAddress());
    bytes.putShort((short) fromPort).putShort((short) toPort);
    bytes.putShort((short) (UDP + payload.length)).putShort((short) 0).put(payload);
    bytes.putShort(ETHERNET + 10, checksum(bytes));
    return bytes.array();
  }

  private static short checksum(ByteBuffer bytes) {
    var sum = 0;
    for (var i = 0; i < IPV4; i += 2) {
      sum += bytes.getShort(ETHERNET + i) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return (short) ~((sum & 0xffff) + (sum >>> 16));
  }

  private static String address(byte[] frame, int at) {
    return "%d.%d.%d.%d"
        .formatted(
            frame[at] & 0xff, frame[at + 1] & 0xff, frame[at + 2] & 0xff, frame[at + 3] & 0xff);
  }
}
