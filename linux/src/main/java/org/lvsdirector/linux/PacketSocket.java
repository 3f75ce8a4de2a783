// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.lvsdirector.linux.SocketConstants.AF_PACKET;
import static org.lvsdirector.linux.SocketConstants.SOCK_CLOEXEC;
import static org.lvsdirector.linux.SocketConstants.SOCK_RAW;
import static org.lvsdirector.linux.SocketConstants.SOL_SOCKET;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * Whole Ethernet frames of all interfaces; packet(7). Needs CAP_NET_RAW. Frames that this machine
 * sends itself are not received. Owned by one platform thread at a time; woken and closed by any.
 */
public final class PacketSocket implements AutoCloseable {
  private static final int SO_ATTACH_FILTER = 26; // asm-generic/socket.h
  private static final int SOCKADDR_LL_BYTES = 20; // linux/if_packet.h
  private static final int SOCK_FPROG_BYTES = 16; // linux/filter.h
  private static final int MSG_DONTWAIT = 0x40; // linux/socket.h
  private static final int FRAME_BYTES = 2048;

  private final Libc libc;
  private final Fd fd;
  private final Waiting waiting;

  private PacketSocket(Libc libc, Fd fd, Waiting waiting) {
    this.libc = libc;
    this.fd = fd;
    this.waiting = waiting;
  }

  /** Opens a socket that only sends. */
  public static PacketSocket open(Libc libc) throws LinuxException {
    return open(libc, PacketFilter.NOTHING, 0);
  }

  /**
   * Opens a socket in the network namespace of the calling thread.
   *
   * @param filter which frames it receives
   * @param linkIndex the interface that it receives from; 0 for all
   */
  public static PacketSocket open(Libc libc, PacketFilter filter, int linkIndex)
      throws LinuxException {
    // Of no protocol it receives nothing until it is bound, so nothing comes before the filter.
    var number = libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    LinuxException.check("socket", number, "AF_PACKET");
    var fd = new Fd(libc, number);
    try {
      prepare(libc, number, filter, linkIndex);
      return new PacketSocket(libc, fd, Waiting.open(libc));
    } catch (LinuxException | RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  private static void prepare(Libc libc, int number, PacketFilter filter, int linkIndex)
      throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var bytes = filter.encode();
      var program = arena.allocate(bytes.remaining(), 4).copyFrom(MemorySegment.ofBuffer(bytes));
      var fprog = arena.allocate(SOCK_FPROG_BYTES, 8);
      fprog.set(ValueLayout.JAVA_SHORT, 0, (short) filter.program().size());
      fprog.set(ValueLayout.ADDRESS, 8, program);
      var attached = libc.setsockopt(number, SOL_SOCKET, SO_ATTACH_FILTER, fprog, SOCK_FPROG_BYTES);
      LinuxException.check("setsockopt", attached, "SO_ATTACH_FILTER");
      var address = address(arena, filter.etherType(), linkIndex);
      LinuxException.check("bind", libc.bind(number, address, SOCKADDR_LL_BYTES), "AF_PACKET");
    }
  }

  /** struct sockaddr_ll. */
  private static MemorySegment address(Arena arena, int etherType, int linkIndex) {
    var address = arena.allocate(SOCKADDR_LL_BYTES, 4);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
    address.set(ValueLayout.JAVA_BYTE, 2, (byte) (etherType >> 8));
    address.set(ValueLayout.JAVA_BYTE, 3, (byte) etherType);
    address.set(ValueLayout.JAVA_INT, 4, linkIndex);
    return address;
  }

  /**
   * Sends a frame through an interface; does not wait for room.
   *
   * @throws LinuxException ENETDOWN when the interface is down, ENXIO or ENODEV when it is gone,
   *     ENOBUFS or EAGAIN when its queue is full
   */
  public void send(int linkIndex, byte[] frame) throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
      var etherType = (frame[12] & 0xff) << 8 | frame[13] & 0xff;
      var address = address(arena, etherType, linkIndex);
      var message = new Libc.Outgoing(fd.number(), bytes, frame.length, MSG_DONTWAIT);
      LinuxException.check("send", libc.sendto(message, address, SOCKADDR_LL_BYTES), "AF_PACKET");
    }
  }

  /**
   * Waits for a frame.
   *
   * @return the frame, cut to 2048 bytes; empty when woken, or when the time is over
   * @throws LinuxException ENETDOWN once when the interface that it is bound to goes down
   */
  public Optional<byte[]> receive(Duration patience) throws LinuxException {
    if (!waiting.isReadable(fd, patience)) {
      return Optional.empty();
    }
    try (var arena = Arena.ofConfined()) {
      var buffer = arena.allocate(FRAME_BYTES);
      var length = libc.recv(fd.number(), buffer, FRAME_BYTES, MSG_DONTWAIT);
      if (length == -Errno.EAGAIN || length == -Errno.EINTR) {
        return Optional.empty();
      }
      LinuxException.check("recv", length, "AF_PACKET");
      return Optional.of(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /** Ends the waiting of {@link #receive}. Any thread. */
  public void wake() {
    waiting.wake();
  }

  @Override
  public void close() {
    fd.close();
    waiting.close();
  }
}
