// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * An IPv4 or IPv6 address as the kernel has it.
 *
 * @param isIpv6 which of the two
 * @param high the upper 64 bits of an IPv6 address in network order; 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address in network order; the 32 bits of an IPv4 address
 */
public record HostAddress(boolean isIpv6, long high, long low) {

  /** No IPv4 address, 0.0.0.0: the sender of a probe. */
  public static final HostAddress ANY_IPV4 = new HostAddress(false, 0, 0);

  /** No IPv6 address, ::, the sender of a probe. */
  public static final HostAddress ANY_IPV6 = new HostAddress(true, 0, 0);

  /** Every IPv6 node on the link, ff02::1. */
  public static final HostAddress ALL_NODES = new HostAddress(true, 0xff02L << 48, 1);

  public HostAddress {
    if (!isIpv6 && (high != 0 || low >>> 32 != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /**
   * The address of 4 or 16 bytes in network order.
   *
   * @throws IllegalArgumentException for another length
   */
  public static HostAddress of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> new HostAddress(false, 0, ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL);
      case 16 ->
          new HostAddress(
              true, ByteBuffer.wrap(bytes).getLong(), ByteBuffer.wrap(bytes).getLong(8));
      default -> throw new IllegalArgumentException(bytes.length + " bytes are no IP address");
    };
  }

  /**
   * The multicast group in which the owner of this IPv6 address listens; RFC 4291 section 2.7.1.
   */
  public HostAddress solicitedNode() {
    return new HostAddress(true, 0xff02L << 48, 0x1_ff00_0000L | low & 0xff_ffffL);
  }

  /** Whether both are in the same network of so many leading bits. */
  public boolean isInNetworkOf(HostAddress other, int prefix) {
    if (isIpv6 != other.isIpv6) {
      return false;
    }
    if (!isIpv6) {
      return leading(low ^ other.low, prefix + 32) == 0;
    }
    return leading(high ^ other.high, Math.min(prefix, 64)) == 0
        && leading(low ^ other.low, Math.max(prefix - 64, 0)) == 0;
  }

  private static long leading(long bits, int count) {
    return count == 0 ? 0 : bits & -1L << 64 - count;
  }

  /** Length of an address of this family, in bits. */
  public int bits() {
    return isIpv6 ? 128 : 32;
  }

  /** The 4 or 16 bytes in network order, a fresh array. */
  public byte[] bytes() {
    return isIpv6
        ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
        : ByteBuffer.allocate(4).putInt((int) low).array();
  }

  /** Dotted quad, or eight groups of four hexadecimal digits. */
  @Override
  public String toString() {
    if (!isIpv6) {
      return "%d.%d.%d.%d".formatted(low >> 24, low >> 16 & 0xff, low >> 8 & 0xff, low & 0xff);
    }
    return HexFormat.of().formatHex(bytes()).replaceAll("(....)(?!$)", "$1:");
  }
}
