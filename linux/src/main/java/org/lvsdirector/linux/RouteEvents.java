// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.lvsdirector.linux.SocketConstants.AF_NETLINK;
import static org.lvsdirector.linux.SocketConstants.SOCK_CLOEXEC;
import static org.lvsdirector.linux.SocketConstants.SOCK_RAW;
import static org.lvsdirector.linux.SocketConstants.SOL_SOCKET;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of this machine's interfaces and addresses as they happen, by multicast of routing
 * netlink; rtnetlink(7). Needs no privilege. Owned by one platform thread, woken by any.
 */
public final class RouteEvents implements AutoCloseable {
  private static final int SOCKADDR_NL_BYTES = 12; // linux/netlink.h
  private static final int RTMGRP_LINK = 0x1; // linux/rtnetlink.h
  private static final int RTMGRP_IPV4_IFADDR = 0x10; // linux/rtnetlink.h
  private static final int RTMGRP_IPV6_IFADDR = 0x100; // linux/rtnetlink.h
  private static final int SO_RCVBUF = 8; // asm-generic/socket.h
  private static final int SO_RCVBUFFORCE = 33; // asm-generic/socket.h
  private static final int MSG_TRUNC = 0x20; // linux/socket.h
  private static final int MSG_DONTWAIT = 0x40; // linux/socket.h
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Room for the news of some thousand addresses that are added at once. */
  private static final int QUEUE_BYTES = 4 * 1024 * 1024;

  private final Libc libc;
  private final Fd fd;
  private final Waiting waiting;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);

  private RouteEvents(Libc libc, Fd fd, Waiting waiting) {
    this.libc = libc;
    this.fd = fd;
    this.waiting = waiting;
  }

  /** Listens from now on, in the network namespace of the calling thread. */
  public static RouteEvents open(Libc libc) throws LinuxException {
    var number = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
    LinuxException.check("socket", number, "AF_NETLINK");
    var fd = new Fd(libc, number);
    try {
      prepare(libc, number, QUEUE_BYTES);
      return new RouteEvents(libc, fd, Waiting.open(libc));
    } catch (LinuxException | RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  private static void prepare(Libc libc, int number, int queueBytes) throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var size = arena.allocateFrom(ValueLayout.JAVA_INT, queueBytes);
      // Beyond the limit of the system only with privileges; a smaller queue loses news sooner.
      if (libc.setsockopt(number, SOL_SOCKET, SO_RCVBUFFORCE, size, 4) < 0) {
        libc.setsockopt(number, SOL_SOCKET, SO_RCVBUF, size, 4);
      }
      var address = arena.allocate(SOCKADDR_NL_BYTES, 4);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
      var groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
      address.set(ValueLayout.JAVA_INT, 8, groups);
      LinuxException.check("bind", libc.bind(number, address, SOCKADDR_NL_BYTES), "netlink groups");
    }
  }

  /**
   * Waits for changes.
   *
   * @return in order; empty when woken, or when the time is over
   */
  public List<RouteEvent> next(Duration patience) throws LinuxException {
    return waiting.isReadable(fd, patience) ? receive() : List.of();
  }

  private List<RouteEvent> receive() throws LinuxException {
    var length = libc.recv(fd.number(), buffer, BUFFER_BYTES, MSG_DONTWAIT | MSG_TRUNC);
    if (length == -Errno.EINTR || length == -Errno.EAGAIN) {
      return List.of();
    }
    if (length == -Errno.ENOBUFS || length > BUFFER_BYTES) {
      return List.of(new RouteEvent.Lost());
    }
    LinuxException.check("recv", length, "netlink groups");
    try {
      var events = new ArrayList<RouteEvent>();
      var bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      for (var message : NetlinkCodec.decode(ByteBuffer.wrap(bytes))) {
        RouteCodec.event(message).ifPresent(events::add);
      }
      return events;
    } catch (IllegalArgumentException _) {
      return List.of(new RouteEvent.Lost());
    }
  }

  /** Ends the waiting of {@link #next}. Any thread. */
  public void wake() {
    waiting.wake();
  }

  @Override
  public void close() {
    fd.close();
    waiting.close();
    arena.close();
  }
}
