// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An Ethernet frame with neighbour discovery for IPv6: a solicitation or an advertisement; RFC 4861
 * sections 4.3 and 4.4.
 *
 * @param destination where the frame goes
 * @param source who sends it
 * @param sender the address that it is sent from; :: in a probe
 * @param receiver the address that it is sent to
 * @param type {@link #SOLICITATION} or {@link #ADVERTISEMENT}
 * @param flags {@link #ROUTER}, {@link #SOLICITED} and {@link #OVERRIDE} of an advertisement
 * @param target the address that it is about
 * @param mac the MAC address that it tells; {@link MacAddress#NONE} when it tells none
 * @param flowLabel the flow label of the IPv6 header, 20 bits; kernels leave it 0
 */
public record NeighbourFrame(
    MacAddress destination,
    MacAddress source,
    HostAddress sender,
    HostAddress receiver,
    int type,
    int flags,
    HostAddress target,
    MacAddress mac,
    int flowLabel) {

  /** The flow label by which a director's own announcements are told from those of kernels. */
  public static final int DIRECTOR_LABEL = 0xd12ec;

  /** linux/if_ether.h ETH_P_IPV6. */
  public static final int ETHER_TYPE = 0x86dd;

  /** linux/icmpv6.h NDISC_NEIGHBOUR_SOLICITATION. */
  public static final int SOLICITATION = 135;

  /** linux/icmpv6.h NDISC_NEIGHBOUR_ADVERTISEMENT. */
  public static final int ADVERTISEMENT = 136;

  /** The sender is a router. */
  public static final int ROUTER = 0x8000_0000;

  /** It answers a question. */
  public static final int SOLICITED = 0x4000_0000;

  /** Whatever was remembered is wrong. */
  public static final int OVERRIDE = 0x2000_0000;

  /** linux/in.h IPPROTO_ICMPV6. */
  static final int ICMPV6 = 58;

  private static final int ETHERNET_BYTES = 14;
  private static final int IPV6_BYTES = 40;
  private static final int MESSAGE_BYTES = 24;
  private static final int OPTION_BYTES = 8;
  private static final int SOURCE_OPTION = 1; // RFC 4861 section 4.6.1
  private static final int TARGET_OPTION = 2; // RFC 4861 section 4.6.1
  private static final int NOTE_OPTION = 253; // for experiments, RFC 4727 section 5.1
  private static final int HOP_LIMIT = 255; // RFC 4861 section 7.1

  /** Tells everybody that an address is here; RFC 4861 section 7.2.6. */
  public static NeighbourFrame unsolicited(MacAddress mac, HostAddress address, boolean isRouter) {
    return new NeighbourFrame(
        MacAddress.ofMulticast(HostAddress.ALL_NODES),
        mac,
        address,
        HostAddress.ALL_NODES,
        ADVERTISEMENT,
        isRouter ? ROUTER | OVERRIDE : OVERRIDE,
        address,
        mac,
        DIRECTOR_LABEL);
  }

  /** Asks who has an address, without changing what anybody remembers; RFC 4862 section 5.4.2. */
  public static NeighbourFrame probe(MacAddress mac, HostAddress address) {
    var group = address.solicitedNode();
    return new NeighbourFrame(
        MacAddress.ofMulticast(group),
        mac,
        HostAddress.ANY_IPV6,
        group,
        SOLICITATION,
        0,
        address,
        MacAddress.NONE,
        0);
  }

  /** The bytes, from the destination on. */
  public byte[] encode() {
    return encode(new byte[0]);
  }

  /**
   * The bytes, from the destination on, with a note that only directors read; see {@link #note}.
   */
  public byte[] encode(byte[] note) {
    var message = message(note);
    var sum = InternetChecksum.ofIcmpv6(sender, receiver, message);
    message.putShort(2, sum);
    return ByteBuffer.allocate(ETHERNET_BYTES + IPV6_BYTES + message.remaining())
        .put(destination.bytes())
        .put(source.bytes())
        .putShort((short) ETHER_TYPE)
        .putInt(6 << 28 | flowLabel)
        .putShort((short) message.remaining())
        .put((byte) ICMPV6)
        .put((byte) HOP_LIMIT)
        .put(sender.bytes())
        .put(receiver.bytes())
        .put(message)
        .array();
  }

  private ByteBuffer message(byte[] note) {
    var hasOption = !mac.equals(MacAddress.NONE);
    var noteUnits = note.length == 0 ? 0 : (2 + note.length + OPTION_BYTES - 1) / OPTION_BYTES;
    var bytes =
        ByteBuffer.allocate(
                MESSAGE_BYTES + (hasOption ? OPTION_BYTES : 0) + noteUnits * OPTION_BYTES)
            .put((byte) type)
            .put((byte) 0)
            .putShort((short) 0)
            .putInt(flags)
            .put(target.bytes());
    if (hasOption) {
      bytes
          .put((byte) (type == SOLICITATION ? SOURCE_OPTION : TARGET_OPTION))
          .put((byte) 1)
          .put(mac.bytes());
    }
    if (noteUnits > 0) {
      bytes.put((byte) NOTE_OPTION).put((byte) noteUnits).put(note);
    }
    return bytes.clear();
  }

  /**
   * The note in a frame, filled up with zeros to a multiple of 8 bytes less 2; empty for none.
   * Neighbours ignore options that they do not know; RFC 4861 section 4.6.
   */
  public static byte[] note(byte[] frame) {
    var headers = ETHERNET_BYTES + IPV6_BYTES;
    if (frame.length < headers) {
      return new byte[0];
    }
    var bytes = ByteBuffer.wrap(frame);
    var length = Math.min(bytes.getShort(18) & 0xffff, frame.length - headers);
    var message = bytes.slice(headers, length);
    var at = option(message, NOTE_OPTION);
    var size = at < 0 ? 0 : (message.get(at + 1) & 0xff) * OPTION_BYTES;
    if (size == 0 || at + size > length) {
      return new byte[0];
    }
    var note = new byte[size - 2];
    message.get(at + 2, note);
    return note;
  }

  /**
   * Reads a frame; empty for one that is no intact solicitation or advertisement right behind the
   * IPv6 header, or came from beyond a router.
   */
  public static Optional<NeighbourFrame> decode(byte[] frame) {
    var bytes = ByteBuffer.wrap(frame);
    var headers = ETHERNET_BYTES + IPV6_BYTES;
    if (frame.length < headers + MESSAGE_BYTES || !isNeighbourDiscovery(bytes)) {
      return Optional.empty();
    }
    var length = bytes.getShort(18) & 0xffff;
    if (length < MESSAGE_BYTES || length > frame.length - headers) {
      return Optional.empty();
    }
    var sender = host(bytes, 22);
    var receiver = host(bytes, 38);
    var message = bytes.slice(headers, length);
    if (InternetChecksum.ofIcmpv6(sender, receiver, message) != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new NeighbourFrame(
            mac(bytes, 0),
            mac(bytes, 6),
            sender,
            receiver,
            message.get(0) & 0xff,
            message.getInt(4),
            host(message, 8),
            toldMac(message),
            bytes.getInt(14) & 0xfffff));
  }

  private static boolean isNeighbourDiscovery(ByteBuffer bytes) {
    var type = bytes.get(ETHERNET_BYTES + IPV6_BYTES) & 0xff;
    return (bytes.getShort(12) & 0xffff) == ETHER_TYPE
        && bytes.get(14) >> 4 == 6
        && bytes.get(20) == ICMPV6
        && (bytes.get(21) & 0xff) == HOP_LIMIT
        && (type == SOLICITATION || type == ADVERTISEMENT);
  }

  private static MacAddress toldMac(ByteBuffer message) {
    var wanted = (message.get(0) & 0xff) == SOLICITATION ? SOURCE_OPTION : TARGET_OPTION;
    var at = option(message, wanted);
    return at < 0 ? MacAddress.NONE : mac(message, at + 2);
  }

  /** Where the first option of a type begins; -1 when there is none. */
  private static int option(ByteBuffer message, int type) {
    var at = MESSAGE_BYTES;
    while (at + OPTION_BYTES <= message.limit()) {
      if ((message.get(at) & 0xff) == type) {
        return at;
      }
      // An option of length 0 would never end.
      at += OPTION_BYTES * Math.max(1, message.get(at + 1) & 0xff);
    }
    return -1;
  }

  private static MacAddress mac(ByteBuffer bytes, int at) {
    var mac = new byte[MacAddress.BYTES];
    bytes.get(at, mac);
    return MacAddress.of(mac);
  }

  private static HostAddress host(ByteBuffer bytes, int at) {
    var host = new byte[16];
    bytes.get(at, host);
    return HostAddress.of(host);
  }
}
