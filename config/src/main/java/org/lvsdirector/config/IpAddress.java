// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as a value, free of name resolution.
 *
 * @param family which of the two
 * @param high the upper 64 bits of an IPv6 address in network order; 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address in network order; the 32 bits of an IPv4 address
 * @param zone the interface by which a link-local address is reached; empty for others, and where
 *     it is not known
 */
public record IpAddress(Family family, long high, long low, String zone)
    implements Comparable<IpAddress> {

  /** The address family. */
  public enum Family {
    IPV4(32),
    IPV6(128);

    private final int bits;

    Family(int bits) {
      this.bits = bits;
    }

    /** Length of an address of this family, in bits. */
    public int bits() {
      return bits;
    }
  }

  public IpAddress {
    if (family == Family.IPV4 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /** An address without a zone. */
  public IpAddress(Family family, long high, long low) {
    this(family, high, low, "");
  }

  /** The same on an interface. */
  public IpAddress on(String other) {
    return new IpAddress(family, high, low, other);
  }

  /** The IPv4 address whose 32 bits are {@code bits}, in host byte order. */
  public static IpAddress ofIpv4(int bits) {
    return new IpAddress(Family.IPV4, 0, Integer.toUnsignedLong(bits));
  }

  /**
   * The address of 4 or 16 bytes in network order.
   *
   * @throws IllegalArgumentException for another length
   */
  public static IpAddress ofBytes(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> new IpAddress(Family.IPV4, 0, word(bytes, 0, 4));
      case 16 -> new IpAddress(Family.IPV6, word(bytes, 0, 8), word(bytes, 8, 8));
      default -> throw new IllegalArgumentException("an address has 4 or 16 bytes");
    };
  }

  /**
   * Reads a literal: four decimal octets without leading zeros, or IPv6 as in RFC 4291 section 2.2
   * (with {@code ::} and a trailing dotted quad). No zone, no brackets, no host name.
   *
   * @return null when the text is no such literal
   */
  public static @Nullable IpAddress parse(String text) {
    return IpAddressText.parse(text);
  }

  /**
   * Like {@link #parse}, for literals known to be right.
   *
   * @throws IllegalArgumentException when the text is no address literal
   */
  public static IpAddress of(String text) {
    var address = parse(text);
    if (address == null) {
      throw new IllegalArgumentException("not an address literal: " + text);
    }
    return address;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress that
        && low == that.low
        && high == that.high
        && family == that.family
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(low * 31 + high) * 31 + family.bits();
  }

  /** Whether this is an IPv4 address. */
  public boolean isIpv4() {
    return family == Family.IPV4;
  }

  /** Whether all bits are zero. */
  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  /** 127.0.0.0/8 or ::1. */
  public boolean isLoopback() {
    return isIpv4() ? low >>> 24 == 127 : high == 0 && low == 1;
  }

  /** 224.0.0.0/4 or ff00::/8. */
  public boolean isMulticast() {
    return isIpv4() ? low >>> 28 == 0xe : high >>> 56 == 0xff;
  }

  /** 255.255.255.255, which is every machine of the network. */
  public boolean isBroadcast() {
    return isIpv4() && low == 0xffff_ffffL;
  }

  /** fe80::/10, which names a machine only together with an interface. */
  public boolean needsInterface() {
    return !isIpv4() && high >>> 54 == 0xfe80 >>> 6;
  }

  /** The 4 or 16 bytes in network order, a fresh array. */
  public byte[] bytes() {
    var length = family.bits() / 8;
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      var fromEnd = length - 1 - i;
      bytes[i] = (byte) ((fromEnd >= 8 ? high : low) >>> (8 * (fromEnd % 8)));
    }
    return bytes;
  }

  /**
   * This address with all bits after the first {@code prefix} cleared.
   *
   * @param prefix 0 to 32 or 128
   */
  public IpAddress masked(int prefix) {
    if (prefix < 0 || prefix > family.bits()) {
      throw new IllegalArgumentException("prefix out of range: " + prefix);
    }
    if (isIpv4()) {
      return new IpAddress(family, 0, low & (prefix == 0 ? 0 : 0xffffffffL << (32 - prefix)));
    }
    return new IpAddress(
        family, high & leading(Math.min(prefix, 64)), low & leading(Math.max(prefix - 64, 0)));
  }

  @Override
  public int compareTo(IpAddress other) {
    var byFamily = family.compareTo(other.family);
    if (byFamily != 0) {
      return byFamily;
    }
    var byHigh = Long.compareUnsigned(high, other.high);
    var byLow = byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    return byLow != 0 ? byLow : zone.compareTo(other.zone);
  }

  /** The canonical text: dotted quad, or RFC 5952 with the zone as of RFC 4007. */
  @Override
  public String toString() {
    return zone.isEmpty() ? IpAddressText.format(this) : IpAddressText.format(this) + "%" + zone;
  }

  private static long leading(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  private static long word(byte[] bytes, int from, int length) {
    var word = 0L;
    for (var i = from; i < from + length; i++) {
      word = word << 8 | bytes[i] & 0xff;
    }
    return word;
  }
}
