// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An Ethernet frame with ARP for IPv4; RFC 826, RFC 5227.
 *
 * @param destination where the frame goes
 * @param source who sends it
 * @param operation {@link #REQUEST} or {@link #REPLY}, or something rarer
 * @param senderMac the MAC address that the sender says it has
 * @param sender the address that it says this belongs to; 0.0.0.0 in a probe
 * @param targetMac whom it tells, or nobody in a request
 * @param target the address that it asks for
 */
public record ArpFrame(
    MacAddress destination,
    MacAddress source,
    int operation,
    MacAddress senderMac,
    HostAddress sender,
    MacAddress targetMac,
    HostAddress target) {

  /** linux/if_ether.h ETH_P_ARP. */
  public static final int ETHER_TYPE = 0x0806;

  /** linux/if_arp.h ARPOP_REQUEST. */
  public static final int REQUEST = 1;

  /** linux/if_arp.h ARPOP_REPLY. */
  public static final int REPLY = 2;

  /** A frame without padding, in bytes. */
  static final int BYTES = 42;

  private static final int ARPHRD_ETHER = 1; // linux/if_arp.h
  private static final int ETH_P_IP = 0x0800; // linux/if_ether.h

  /** Tells everybody that an address is here, as a question for itself; RFC 5227 section 3. */
  public static ArpFrame gratuitousRequest(MacAddress mac, HostAddress address) {
    return new ArpFrame(MacAddress.BROADCAST, mac, REQUEST, mac, address, MacAddress.NONE, address);
  }

  /** Tells everybody that an address is here, as an answer nobody asked for. */
  public static ArpFrame gratuitousReply(MacAddress mac, HostAddress address) {
    return new ArpFrame(MacAddress.BROADCAST, mac, REPLY, mac, address, mac, address);
  }

  /** Asks who has an address, without changing what anybody remembers; RFC 5227 section 1.1. */
  public static ArpFrame probe(MacAddress mac, HostAddress address) {
    return new ArpFrame(
        MacAddress.BROADCAST, mac, REQUEST, mac, HostAddress.ANY_IPV4, MacAddress.NONE, address);
  }

  /** Whether it tells everybody that an address is with its sender. */
  public boolean isGratuitous() {
    return sender.equals(target);
  }

  /** The bytes, from the destination on, without padding. */
  public byte[] encode() {
    return encode(new byte[0]);
  }

  /** The bytes, from the destination on, with this in the place of padding. */
  public byte[] encode(byte[] padding) {
    return ByteBuffer.allocate(BYTES + padding.length)
        .put(destination.bytes())
        .put(source.bytes())
        .putShort((short) ETHER_TYPE)
        .putShort((short) ARPHRD_ETHER)
        .putShort((short) ETH_P_IP)
        .put((byte) MacAddress.BYTES)
        .put((byte) 4)
        .putShort((short) operation)
        .put(senderMac.bytes())
        .put(sender.bytes())
        .put(targetMac.bytes())
        .put(target.bytes())
        .put(padding)
        .array();
  }

  /** What follows the message in a frame; empty when nothing does. */
  public static byte[] padding(byte[] frame) {
    return Arrays.copyOfRange(frame, Math.min(BYTES, frame.length), frame.length);
  }

  /** Reads a frame; empty for one that is not ARP for IPv4 on Ethernet. */
  public static Optional<ArpFrame> decode(byte[] frame) {
    if (frame.length < BYTES) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.wrap(frame);
    var isArp =
        bytes.getShort(12) == ETHER_TYPE
            && bytes.getShort(14) == ARPHRD_ETHER
            && bytes.getShort(16) == ETH_P_IP
            && bytes.get(18) == MacAddress.BYTES
            && bytes.get(19) == 4;
    if (!isArp) {
      return Optional.empty();
    }
    return Optional.of(
        new ArpFrame(
            mac(bytes, 0),
            mac(bytes, 6),
            bytes.getShort(20) & 0xffff,
            mac(bytes, 22),
            host(bytes, 28),
            mac(bytes, 32),
            host(bytes, 38)));
  }

  private static MacAddress mac(ByteBuffer bytes, int at) {
    var mac = new byte[MacAddress.BYTES];
    bytes.get(at, mac);
    return MacAddress.of(mac);
  }

  private static HostAddress host(ByteBuffer bytes, int at) {
    return new HostAddress(false, 0, bytes.getInt(at) & 0xffff_ffffL);
  }
}
