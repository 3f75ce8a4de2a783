// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.linux.Attributes;

/**
 * A thread of the kernel that sends connections to other directors, or takes them;
 * IPVS_CMD_ATTR_DAEMON of linux/ip_vs.h.
 *
 * @param state whether it sends or takes
 * @param device the interface
 * @param id tells apart pairs that share a network, 0 to 255; the kernel takes more, the wire does
 *     not
 * @param channel where and how it sends; null for the kernel's defaults
 */
public record KernelDaemon(State state, String device, int id, @Nullable Channel channel) {

  /** What a sync daemon does. */
  public enum State {
    /** IP_VS_STATE_MASTER: sends. */
    MASTER(1),
    /** IP_VS_STATE_BACKUP: takes. */
    BACKUP(2);

    private final int number;

    State(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    private static State of(int number) {
      for (var state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw new IllegalArgumentException("sync daemon state " + number);
    }
  }

  /**
   * Where and how a sync daemon sends.
   *
   * @param maxBytes the longest datagram
   * @param group the multicast group, by default 224.0.0.81
   * @param port by default 8848
   * @param ttl by default 1
   */
  public record Channel(int maxBytes, IpAddress group, int port, int ttl) {}

  /** The attribute that names a daemon. */
  static Attributes.Writer encodeKey(State state) {
    return new Attributes.Writer().u32(Abi.DAEMON_STATE, state.number);
  }

  /** All attributes; the multicast port is in the machine's byte order, unlike every other port. */
  Attributes.Writer encode() {
    var writer = encodeKey(state).string(Abi.DAEMON_MCAST_IFN, device).u32(Abi.DAEMON_SYNC_ID, id);
    if (channel == null) {
      return writer;
    }
    var isIpv4 = channel.group.isIpv4();
    return writer
        .u16(Abi.DAEMON_SYNC_MAXLEN, channel.maxBytes)
        .u16(Abi.DAEMON_MCAST_PORT, channel.port)
        .u8(Abi.DAEMON_MCAST_TTL, channel.ttl)
        .bytes(isIpv4 ? Abi.DAEMON_MCAST_GROUP : Abi.DAEMON_MCAST_GROUP6, channel.group.bytes());
  }

  /**
   * Reads a daemon. Kernels before 4.3 say nothing of its channel.
   *
   * @throws IllegalArgumentException when an attribute is missing or too short
   */
  static KernelDaemon decode(Attributes from) {
    return new KernelDaemon(
        State.of(from.u32(Abi.DAEMON_STATE)),
        from.string(Abi.DAEMON_MCAST_IFN),
        from.u32(Abi.DAEMON_SYNC_ID),
        channel(from));
  }

  private static @Nullable Channel channel(Attributes from) {
    var isIpv6 = from.has(Abi.DAEMON_MCAST_GROUP6);
    var others = List.of(Abi.DAEMON_SYNC_MAXLEN, Abi.DAEMON_MCAST_PORT, Abi.DAEMON_MCAST_TTL);
    if (!others.stream().allMatch(from::has) || !isIpv6 && !from.has(Abi.DAEMON_MCAST_GROUP)) {
      return null;
    }
    return new Channel(
        from.u16(Abi.DAEMON_SYNC_MAXLEN),
        isIpv6
            ? Addresses.address(from, Abi.DAEMON_MCAST_GROUP6, Family.IPV6)
            : Addresses.address(from, Abi.DAEMON_MCAST_GROUP, Family.IPV4),
        from.u16(Abi.DAEMON_MCAST_PORT),
        from.u8(Abi.DAEMON_MCAST_TTL));
  }
}
