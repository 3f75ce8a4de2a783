// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What identifies a virtual service: its address, or a firewall mark. */
public sealed interface ServiceKey extends Comparable<ServiceKey> {

  /**
   * Packets of one protocol to one virtual address and port.
   *
   * @param protocol the protocol
   * @param virtual virtual address and port; port 0 takes every port and needs persistence
   */
  record ByAddress(Protocol protocol, Endpoint virtual) implements ServiceKey {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ByAddress that
          && protocol == that.protocol
          && virtual.equals(that.virtual);
    }

    @Override
    public int hashCode() {
      return virtual.hashCode() * 31 + protocol.hashCode();
    }

    /** {@code TCP 192.0.2.80:80}. */
    @Override
    public String toString() {
      return protocol + " " + virtual;
    }
  }

  /**
   * Packets that the firewall marked, whatever their protocol, address and port.
   *
   * @param mark the mark, as an unsigned 32-bit number, not 0
   * @param family the address family of the packets
   */
  record ByMark(int mark, IpAddress.Family family) implements ServiceKey {
    /** {@code FWM 80} or {@code FWM 80 IPv6}. */
    @Override
    public String toString() {
      var text = "FWM " + Integer.toUnsignedString(mark);
      return family == IpAddress.Family.IPV4 ? text : text + " IPv6";
    }
  }

  /** The order of tables and listings: address services before firewall marks. */
  @Override
  default int compareTo(ServiceKey other) {
    return switch (this) {
      case ByAddress left ->
          other instanceof ByAddress right
              ? Comparator.comparing(ByAddress::protocol)
                  .thenComparing(ByAddress::virtual)
                  .compare(left, right)
              : -1;
      case ByMark left ->
          other instanceof ByMark right
              ? Comparator.comparing(ByMark::family)
                  .thenComparing(ByMark::mark, Integer::compareUnsigned)
                  .compare(left, right)
              : 1;
    };
  }
}
