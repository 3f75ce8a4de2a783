// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import org.lvsdirector.linux.Attributes;

/**
 * What IPVS says of itself; IPVS_CMD_GET_INFO of linux/ip_vs.h.
 *
 * @param version three numbers of 8 bits
 * @param buckets of the connection table
 */
record KernelInfo(int version, int buckets) {

  /**
   * Reads the answer.
   *
   * @throws IllegalArgumentException when a number is missing
   */
  static KernelInfo decode(Attributes from) {
    return new KernelInfo(from.u32(Abi.INFO_VERSION), from.u32(Abi.INFO_CONN_TAB_SIZE));
  }

  /** The version as {@code 1.2.1}. */
  String text() {
    return (version >>> 16 & 0xff) + "." + (version >>> 8 & 0xff) + "." + (version & 0xff);
  }
}
