// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import org.lvsdirector.linux.Attributes;

/**
 * How long idle connections stay, in seconds; IPVS_CMD_SET_CONFIG of linux/ip_vs.h. As a request, 0
 * means "leave it as it is".
 *
 * @param tcp established TCP connections; the kernel begins with 900
 * @param tcpFin TCP connections after FIN; 120
 * @param udp UDP flows; 300
 */
record KernelTimeouts(int tcp, int tcpFin, int udp) {

  /** All three attributes. */
  Attributes.Writer encode() {
    return new Attributes.Writer()
        .u32(Abi.TIMEOUT_TCP, tcp)
        .u32(Abi.TIMEOUT_TCP_FIN, tcpFin)
        .u32(Abi.TIMEOUT_UDP, udp);
  }

  /**
   * Reads what the kernel answers.
   *
   * @throws IllegalArgumentException when one is missing
   */
  static KernelTimeouts decode(Attributes from) {
    return new KernelTimeouts(
        from.u32(Abi.TIMEOUT_TCP), from.u32(Abi.TIMEOUT_TCP_FIN), from.u32(Abi.TIMEOUT_UDP));
  }

  /** These, with the present ones where these say 0. */
  KernelTimeouts over(KernelTimeouts present) {
    return new KernelTimeouts(
        tcp == 0 ? present.tcp : tcp,
        tcpFin == 0 ? present.tcpFin : tcpFin,
        udp == 0 ? present.udp : udp);
  }
}
