// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * This machine's interfaces and addresses, by routing netlink; rtnetlink(7). Reading needs no
 * privilege, changing needs CAP_NET_ADMIN. Owned by one platform thread at a time.
 */
public final class RouteNetlink implements AutoCloseable {
  private static final int NETLINK_ROUTE = 0; // linux/netlink.h

  private final NetlinkSocket socket;

  private RouteNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Opens a socket in the network namespace of the calling thread. */
  public static RouteNetlink open(Libc libc) throws LinuxException {
    return new RouteNetlink(NetlinkSocket.open(libc, NETLINK_ROUTE));
  }

  /** All interfaces. */
  public List<NetworkLink> links() throws LinuxException {
    return list(
        "list the interfaces",
        socket.dump("list the interfaces", RouteCodec.GET_LINK, RouteCodec.linksRequest()),
        RouteCodec.NEW_LINK,
        payload -> Optional.of(RouteCodec.link(payload)));
  }

  /** All IPv4 and IPv6 addresses of all interfaces. */
  public List<InterfaceAddress> addresses() throws LinuxException {
    return list(
        "list the addresses",
        socket.dump("list the addresses", RouteCodec.GET_ADDRESS, RouteCodec.addressesRequest()),
        RouteCodec.NEW_ADDRESS,
        RouteCodec::address);
  }

  private static <T> List<T> list(
      String what, List<NetlinkMessage> messages, int type, Function<ByteBuffer, Optional<T>> read)
      throws LinuxException {
    try {
      var list = new ArrayList<T>(messages.size());
      for (var message : messages) {
        if (message.type() == type) {
          read.apply(message.payload()).ifPresent(list::add);
        }
      }
      return list;
    } catch (IllegalArgumentException e) {
      throw new LinuxException(what, Errno.EBADMSG, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Adds an address.
   *
   * @return false when the interface has it already, with whatever prefix length for IPv6
   * @throws LinuxException with the kernel's explanation
   */
  public boolean add(InterfaceAddress address) throws LinuxException {
    var flags = NetlinkMessage.ACK | NetlinkMessage.CREATE | NetlinkMessage.EXCLUSIVE;
    return !change("add", RouteCodec.NEW_ADDRESS, flags, address, Errno.EEXIST);
  }

  /**
   * Removes an address.
   *
   * @return false when the interface does not have it, or is not there itself
   * @throws LinuxException with the kernel's explanation
   */
  public boolean delete(InterfaceAddress address) throws LinuxException {
    var flags = NetlinkMessage.ACK;
    return !change("delete", RouteCodec.DELETE_ADDRESS, flags, address, Errno.EADDRNOTAVAIL);
  }

  /** Whether it was as it should be before, which the kernel reports as this error. */
  private boolean change(
      String verb, int type, int flags, InterfaceAddress address, int errnoWhenDone)
      throws LinuxException {
    var what = verb + " " + address.address() + "/" + address.prefix();
    try {
      socket.request(what, type, flags, RouteCodec.encode(address));
      return false;
    } catch (LinuxException e) {
      var isGone = type == RouteCodec.DELETE_ADDRESS && e.errno() == Errno.ENODEV;
      if (e.errno() != errnoWhenDone && !isGone) {
        throw e;
      }
      return true;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
