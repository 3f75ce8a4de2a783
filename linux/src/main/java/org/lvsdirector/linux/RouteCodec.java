// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.lvsdirector.linux.SocketConstants.AF_INET;
import static org.lvsdirector.linux.SocketConstants.AF_INET6;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.lvsdirector.linux.InterfaceAddress.Life;

/**
 * Interfaces and addresses as payloads of routing netlink: linux/rtnetlink.h, linux/if_link.h,
 * linux/if_addr.h. Everything but the addresses is in the machine's byte order.
 */
public final class RouteCodec {
  /** linux/rtnetlink.h RTM_NEWLINK. */
  static final int NEW_LINK = 16;

  /** linux/rtnetlink.h RTM_DELLINK. */
  static final int DELETE_LINK = 17;

  /** linux/rtnetlink.h RTM_GETLINK. */
  static final int GET_LINK = 18;

  /** linux/rtnetlink.h RTM_NEWADDR. */
  static final int NEW_ADDRESS = 20;

  /** linux/rtnetlink.h RTM_DELADDR. */
  static final int DELETE_ADDRESS = 21;

  /** linux/rtnetlink.h RTM_GETADDR. */
  static final int GET_ADDRESS = 22;

  private static final int LINK_BYTES = 16; // sizeof(struct ifinfomsg)
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MASTER = 10;
  private static final int IFLA_EXT_MASK = 29;
  private static final int IFLA_PROP_LIST = 52;
  private static final int IFLA_ALT_IFNAME = 53;
  private static final int RTEXT_FILTER_SKIP_STATS = 1 << 3;
  private static final int ADDRESS_BYTES = 8; // sizeof(struct ifaddrmsg)
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_LABEL = 3;
  private static final int IFA_CACHEINFO = 6;
  private static final int IFA_FLAGS = 8;
  private static final int IFA_PROTO = 11;
  private static final int CACHE_INFO_BYTES = 16; // sizeof(struct ifa_cacheinfo)

  private RouteCodec() {}

  /** The request for all interfaces, without their counters. */
  public static ByteBuffer linksRequest() {
    var attributes = new Attributes.Writer().u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS).encode();
    return ByteBuffer.allocate(LINK_BYTES + attributes.remaining())
        .order(ByteOrder.nativeOrder())
        .position(LINK_BYTES)
        .put(attributes)
        .position(0);
  }

  /** The request for all addresses of both families. */
  public static ByteBuffer addressesRequest() {
    return ByteBuffer.allocate(ADDRESS_BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * Reads an interface.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static NetworkLink link(ByteBuffer payload) {
    var bytes = header(payload, LINK_BYTES);
    var type = Short.toUnsignedInt(bytes.getShort(2));
    var index = bytes.getInt(4);
    var flags = bytes.getInt(8);
    var attributes = Attributes.decode(bytes.position(LINK_BYTES));
    var mac = attributes.has(IFLA_ADDRESS) ? bytes(attributes, IFLA_ADDRESS) : new byte[0];
    return new NetworkLink(
        index,
        attributes.has(IFLA_IFNAME) ? attributes.string(IFLA_IFNAME) : "",
        type,
        flags,
        mac.length == MacAddress.BYTES ? MacAddress.of(mac) : MacAddress.NONE,
        attributes.has(IFLA_MASTER) ? attributes.u32(IFLA_MASTER) : 0,
        attributes.has(IFLA_PROP_LIST)
            ? attributes.nested(IFLA_PROP_LIST).strings(IFLA_ALT_IFNAME)
            : List.of());
  }

  /** The bytes of an address, to add or to delete it. What only the kernel sets is left out. */
  public static ByteBuffer encode(InterfaceAddress address) {
    var flags = address.flags() & ~InterfaceAddress.STATE_FLAGS;
    var attributes =
        new Attributes.Writer()
            .bytes(IFA_LOCAL, address.address().bytes())
            .bytes(IFA_ADDRESS, address.peer().bytes())
            .u32(IFA_FLAGS, flags);
    if (!address.label().isEmpty()) {
      attributes.string(IFA_LABEL, address.label());
    }
    if (address.protocol() != 0) {
      attributes.u8(IFA_PROTO, address.protocol());
    }
    if (!address.life().equals(Life.FOREVER)) {
      attributes.bytes(IFA_CACHEINFO, cacheInfo(address.life()));
    }
    var encoded = attributes.encode();
    return ByteBuffer.allocate(ADDRESS_BYTES + encoded.remaining())
        .order(ByteOrder.nativeOrder())
        .put((byte) (address.address().isIpv6() ? AF_INET6 : AF_INET))
        .put((byte) address.prefix())
        .put((byte) flags)
        .put((byte) address.scope())
        .putInt(address.linkIndex())
        .put(encoded)
        .position(0);
  }

  private static byte[] cacheInfo(Life life) {
    return ByteBuffer.allocate(CACHE_INFO_BYTES)
        .order(ByteOrder.nativeOrder())
        .putInt(life.preferredSeconds())
        .putInt(life.validSeconds())
        .array();
  }

  /**
   * Reads an address; empty for one that is neither IPv4 nor IPv6.
   *
   * @throws IllegalArgumentException when it is no address at all
   */
  public static Optional<InterfaceAddress> address(ByteBuffer payload) {
    var bytes = header(payload, ADDRESS_BYTES);
    var family = Byte.toUnsignedInt(bytes.get(0));
    var prefix = Byte.toUnsignedInt(bytes.get(1));
    var shortFlags = Byte.toUnsignedInt(bytes.get(2));
    var scope = Byte.toUnsignedInt(bytes.get(3));
    var link = bytes.getInt(4);
    if (family != AF_INET && family != AF_INET6) {
      return Optional.empty();
    }
    var attributes = Attributes.decode(bytes.position(ADDRESS_BYTES));
    var peer =
        HostAddress.of(bytes(attributes, attributes.has(IFA_ADDRESS) ? IFA_ADDRESS : IFA_LOCAL));
    var local = attributes.has(IFA_LOCAL) ? HostAddress.of(bytes(attributes, IFA_LOCAL)) : peer;
    return Optional.of(
        new InterfaceAddress(
            local,
            peer,
            prefix,
            link,
            attributes.has(IFA_LABEL) ? attributes.string(IFA_LABEL) : "",
            scope,
            attributes.has(IFA_FLAGS) ? attributes.u32(IFA_FLAGS) : shortFlags,
            attributes.has(IFA_PROTO) ? attributes.u8(IFA_PROTO) : 0,
            life(attributes)));
  }

  private static Life life(Attributes attributes) {
    if (!attributes.has(IFA_CACHEINFO)) {
      return Life.FOREVER;
    }
    var info = attributes.bytes(IFA_CACHEINFO);
    if (info.remaining() < 8) {
      throw new IllegalArgumentException(
          "a netlink address that lasts " + info.remaining() + " bytes");
    }
    var preferred = info.getInt();
    return new Life(info.getInt(), preferred);
  }

  /**
   * The change that a message of a multicast group tells of; empty for one of another kind.
   *
   * @throws IllegalArgumentException when a length does not fit
   */
  public static Optional<RouteEvent> event(NetlinkMessage message) {
    var payload = message.payload();
    return switch (message.type()) {
      case NEW_LINK -> Optional.of(new RouteEvent.LinkSeen(link(payload)));
      case DELETE_LINK -> Optional.of(new RouteEvent.LinkGone(link(payload)));
      case NEW_ADDRESS -> address(payload).map(RouteEvent.AddressSeen::new);
      case DELETE_ADDRESS -> address(payload).map(RouteEvent.AddressGone::new);
      default -> Optional.empty();
    };
  }

  private static byte[] bytes(Attributes attributes, int type) {
    var value = attributes.bytes(type);
    var bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  private static ByteBuffer header(ByteBuffer payload, int length) {
    if (payload.remaining() < length) {
      throw new IllegalArgumentException("netlink payload of " + payload.remaining() + " bytes");
    }
    return payload.slice().order(ByteOrder.nativeOrder());
  }
}
