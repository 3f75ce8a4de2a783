// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.lvsdirector.config.IpAddress;

/** How addresses become numbers and table indexes. */
final class AddressHash {

  /** The golden ratio multiplier of the kernel; include/linux/hash.h, GOLDEN_RATIO_32. */
  private static final int GOLDEN_RATIO = 0x61C88647;

  private AddressHash() {}

  /** The address in 32 bits: itself, or for IPv6 its four words combined by exclusive or. */
  static int fold(IpAddress address) {
    var word = address.high() ^ address.low();
    return address.isIpv4() ? (int) address.low() : (int) (word >>> 32) ^ (int) word;
  }

  /** The upper {@code bits} (1 to 31) bits of a multiplicative hash. */
  static int hash32(int value, int bits) {
    return value * GOLDEN_RATIO >>> (32 - bits);
  }
}
