// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.lvsdirector.linux.SocketConstants.AF_INET;
import static org.lvsdirector.linux.SocketConstants.AF_INET6;
import static org.lvsdirector.linux.SocketConstants.SOCK_CLOEXEC;
import static org.lvsdirector.linux.SocketConstants.SOCK_DGRAM;
import static org.lvsdirector.linux.SocketConstants.SOCK_RAW;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks machines whether they are there, by ICMP echo; icmp(7). Works without privilege where {@code
 * net.ipv4.ping_group_range} allows it, else with CAP_NET_RAW. Owned by one platform thread.
 */
public final class EchoSocket implements AutoCloseable {
  private static final int IPPROTO_ICMP = 1; // linux/in.h
  private static final int MSG_DONTWAIT = 0x40; // linux/socket.h
  private static final int SOCKADDR_IN_BYTES = 16; // linux/in.h
  private static final int SOCKADDR_IN6_BYTES = 28; // linux/in6.h
  private static final int BUFFER_BYTES = 2048;

  private final Libc libc;
  private final Fd fd;
  private final boolean isIpv6;
  private final boolean isRaw;
  private final Waiting waiting;

  private EchoSocket(Libc libc, Fd fd, boolean isIpv6, boolean isRaw) throws LinuxException {
    this.libc = libc;
    this.fd = fd;
    this.isIpv6 = isIpv6;
    this.isRaw = isRaw;
    waiting = Waiting.open(libc);
  }

  /** Opens a socket for one of the two families, in the namespace of the calling thread. */
  public static EchoSocket open(Libc libc, boolean isIpv6) throws LinuxException {
    var family = isIpv6 ? AF_INET6 : AF_INET;
    var protocol = isIpv6 ? NeighbourFrame.ICMPV6 : IPPROTO_ICMP;
    var number = libc.socket(family, SOCK_DGRAM | SOCK_CLOEXEC, protocol);
    var isRaw = number < 0;
    if (isRaw) {
      number = libc.socket(family, SOCK_RAW | SOCK_CLOEXEC, protocol);
      LinuxException.check("socket", number, "ICMP");
    }
    var fd = new Fd(libc, number);
    try {
      return new EchoSocket(libc, fd, isIpv6, isRaw);
    } catch (LinuxException | RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /**
   * Sends a question; does not wait for room.
   *
   * @throws LinuxException ENETUNREACH when there is no way to that machine
   */
  public void send(HostAddress to, EchoMessage question) throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var encoded = question.encode();
      var bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, encoded);
      var address = address(arena, to);
      var message = new Libc.Outgoing(fd.number(), bytes, encoded.length, MSG_DONTWAIT);
      var result = libc.sendto(message, address, (int) address.byteSize());
      LinuxException.check("send", result, "ICMP to " + to);
    }
  }

  /** struct sockaddr_in or sockaddr_in6, with no port. */
  private MemorySegment address(Arena arena, HostAddress to) {
    var address = arena.allocate(isIpv6 ? SOCKADDR_IN6_BYTES : SOCKADDR_IN_BYTES, 4);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) (isIpv6 ? AF_INET6 : AF_INET));
    var bytes = to.bytes();
    MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, isIpv6 ? 8 : 4, bytes.length);
    return address;
  }

  /** Waits for an echo message, which may answer somebody else's question; empty when none came. */
  public Optional<EchoMessage> receive(Duration patience) throws LinuxException {
    if (!waiting.isReadable(fd, patience)) {
      return Optional.empty();
    }
    try (var arena = Arena.ofConfined()) {
      var buffer = arena.allocate(BUFFER_BYTES);
      var length = libc.recv(fd.number(), buffer, BUFFER_BYTES, MSG_DONTWAIT);
      if (length < 0) {
        return Optional.empty();
      }
      var bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      return EchoMessage.decode(bytes, isIpv6, isRaw && !isIpv6);
    }
  }

  @Override
  public void close() {
    fd.close();
    waiting.close();
  }
}
