// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.Arrays;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.linux.Attributes;

/** Addresses and their families in the attributes of IPVS. */
final class Addresses {
  private static final int BYTES = 16; // union nf_inet_addr

  private Addresses() {}

  /** AF_INET or AF_INET6. */
  static int number(Family family) {
    return switch (family) {
      case IPV4 -> Abi.AF_INET;
      case IPV6 -> Abi.AF_INET6;
    };
  }

  /**
   * The family of AF_INET or AF_INET6.
   *
   * @throws IllegalArgumentException for any other number
   */
  static Family family(int number) {
    return switch (number) {
      case Abi.AF_INET -> Family.IPV4;
      case Abi.AF_INET6 -> Family.IPV6;
      default -> throw new IllegalArgumentException("address family " + number);
    };
  }

  /** 16 bytes in network order; an IPv4 address has the first four, the others are zero. */
  static byte[] bytes(IpAddress address) {
    return Arrays.copyOf(address.bytes(), BYTES);
  }

  /**
   * The address in an attribute.
   *
   * @throws IllegalArgumentException when it is too short
   */
  static IpAddress address(Attributes from, int type, Family family) {
    var bytes = new byte[family.bits() / 8];
    var value = from.bytes(type);
    if (value.remaining() < bytes.length) {
      throw new IllegalArgumentException("an address of " + value.remaining() + " bytes");
    }
    value.get(bytes);
    return IpAddress.ofBytes(bytes);
  }
}
