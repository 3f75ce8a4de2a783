// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.linux.ArpFrame;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.NeighbourFrame;
import org.lvsdirector.linux.NetlinkCodec;
import org.lvsdirector.linux.NetlinkMessage;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.link.HeartbeatCodec;

/** Messages of every kind that comes from outside, whole, and what may become of them. */
final class Seeds {

  private static final int LONGEST = 600;
  private static final MacAddress MAC = MacAddress.of(new byte[] {2, 0, 0, 0, 0, 1});

  /** struct ifinfomsg, longer than struct ifaddrmsg, begins with the family. */
  private static final int ROUTE_HEAD_BYTES = 16;

  private static final List<byte[]> WHOLE =
      List.of(
          heartbeat(),
          witness("192.0.2.1/192.0.2.2", question()),
          question(),
          answer(),
          digests(),
          ByteBuffer.allocate(9).put((byte) 2).putInt(3).putInt(5).array(),
          ByteBuffer.allocate(17).put((byte) 3).putLong(3).putLong(5).array(),
          ByteBuffer.allocate(25).put((byte) 4).putInt(3).array(),
          "\5the other one is busy".getBytes(StandardCharsets.US_ASCII),
          sync(),
          connection(),
          ArpFrame.probe(MAC, HostAddress.of(new byte[] {(byte) 192, 0, 2, 1})).encode(),
          NeighbourFrame.unsolicited(MAC, HostAddress.ALL_NODES, false).encode(),
          attributes(),
          route(),
          netlink());

  private Seeds() {}

  /** A message that is whole, cut, changed, longer, or nothing but noise. */
  static byte[] next(Random random) {
    var bytes = WHOLE.get(random.nextInt(WHOLE.size())).clone();
    switch (random.nextInt(6)) {
      case 0 -> bytes = new byte[random.nextInt(LONGEST)];
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(LONGEST));
      default -> {}
    }
    if (Arrays.equals(bytes, new byte[bytes.length])) {
      random.nextBytes(bytes);
    }
    for (var i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = edge(random);
    }
    return bytes;
  }

  private static byte edge(Random random) {
    var edges = new byte[] {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, (byte) random.nextInt()};
    return edges[random.nextInt(edges.length)];
  }

  private static byte[] heartbeat() {
    return HeartbeatCodec.encode(
        new Heartbeat(
            Node.BACKUP, 7, 8, 9, Role.STANDBY, true, 1, 1, Set.of(), "digest", "reason", 10));
  }

  private static byte[] witness(String pair, byte[] content) {
    var name = pair.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(7 + name.length + content.length)
        .putInt(0x4c565357)
        .put((byte) 1)
        .put((byte) 0)
        .put((byte) name.length)
        .put(name)
        .put(content)
        .array();
  }

  private static byte[] question() {
    return ByteBuffer.allocate(26).put((byte) 1).putLong(2).putLong(3).array();
  }

  private static byte[] answer() {
    return ByteBuffer.allocate(18).put((byte) 3).putLong(2).put((byte) 1).putLong(3).array();
  }

  private static byte[] digests() {
    var bits = 4;
    return ByteBuffer.allocate(22 + (12 << bits)).put(0, (byte) 1).put(21, (byte) bits).array();
  }

  /** A datagram of an IPVS sync daemon with one connection and an option. */
  private static byte[] sync() {
    var entry = 24 + 3 * 4;
    var option = 2 + 3;
    return ByteBuffer.allocate(8 + entry + option)
        .putShort(2, (short) (8 + entry + option))
        .put(4, (byte) 1)
        .put(5, (byte) 1)
        .put(9, (byte) 6)
        .putShort(10, (short) (entry + option))
        .put(8 + entry, (byte) 3)
        .put(8 + entry + 1, (byte) 3)
        .array();
  }

  private static byte[] connection() {
    return "TCP C0000201 1F90 C0000202 0050 C0000203 0050 ESTABLISHED     899"
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Attributes.Writer writer() {
    return new Attributes.Writer().u32(1, 2).string(3, "eth0").bytes(2, new byte[] {10, 0, 0, 1});
  }

  private static byte[] attributes() {
    return bytes(new Attributes.Writer().nested(1, writer()).u16(2, 3).encode());
  }

  private static byte[] route() {
    var attributes = bytes(writer().encode());
    var inet = (byte) 2;
    return ByteBuffer.allocate(ROUTE_HEAD_BYTES + attributes.length)
        .put(0, inet)
        .put(ROUTE_HEAD_BYTES, attributes)
        .array();
  }

  private static byte[] netlink() {
    var payload = ByteBuffer.wrap(route()).order(ByteOrder.nativeOrder());
    return bytes(NetlinkCodec.encode(new NetlinkMessage(16, 0, 1, 2, payload)));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
