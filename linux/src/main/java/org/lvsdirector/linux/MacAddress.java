// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.util.HexFormat;

/**
 * The address of a network interface on its link: the 48 bits of IEEE 802.
 *
 * @param bits the address in network order; the upper 16 are 0
 */
public record MacAddress(long bits) {

  /** sizeof(struct ether_addr). */
  public static final int BYTES = 6;

  /** Everybody on the link. */
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  /** All zero: not known. */
  public static final MacAddress NONE = new MacAddress(0);

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits");
    }
  }

  /**
   * The address of 6 bytes.
   *
   * @throws IllegalArgumentException for another length
   */
  public static MacAddress of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a MAC address has 6 bytes, not " + bytes.length);
    }
    var bits = 0L;
    for (var octet : bytes) {
      bits = bits << 8 | octet & 0xff;
    }
    return new MacAddress(bits);
  }

  /**
   * Reads {@code 02:00:00:00:00:0a}.
   *
   * @throws IllegalArgumentException when it is no such text
   */
  public static MacAddress of(String text) {
    return of(HexFormat.ofDelimiter(":").parseHex(text));
  }

  /** The group address of an IPv6 multicast address; RFC 2464 section 7. */
  public static MacAddress ofMulticast(HostAddress group) {
    return new MacAddress(0x3333L << 32 | group.low() & 0xffff_ffffL);
  }

  /** The 6 bytes, a fresh array. */
  public byte[] bytes() {
    var bytes = new byte[BYTES];
    for (var i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (bits >>> 8 * (BYTES - 1 - i));
    }
    return bytes;
  }

  /** Six pairs of hexadecimal digits with colons. */
  @Override
  public String toString() {
    return HexFormat.ofDelimiter(":").formatHex(bytes());
  }
}
