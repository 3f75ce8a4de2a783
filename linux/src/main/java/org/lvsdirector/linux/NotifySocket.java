// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.lvsdirector.linux.SocketConstants.AF_UNIX;
import static org.lvsdirector.linux.SocketConstants.SOCK_CLOEXEC;
import static org.lvsdirector.linux.SocketConstants.SOCK_DGRAM;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a Unix socket, as a service does to its service manager; sd_notify(3),
 * unix(7). Any thread.
 */
public final class NotifySocket implements AutoCloseable {
  private static final int MSG_DONTWAIT = 0x40; // linux/socket.h
  private static final int MSG_NOSIGNAL = 0x4000; // linux/socket.h
  private static final int PATH_OFFSET = 2; // struct sockaddr_un, linux/un.h
  private static final int PATH_BYTES = 108; // UNIX_PATH_MAX, linux/un.h

  private final Libc libc;
  private final Fd fd;
  private final byte[] address;

  private NotifySocket(Libc libc, Fd fd, byte[] address) {
    this.libc = libc;
    this.fd = fd;
    this.address = address;
  }

  /**
   * Opens a socket that sends to another one.
   *
   * @param name its path; one that begins with {@code @} is in the abstract namespace
   */
  public static NotifySocket open(Libc libc, String name) throws LinuxException {
    var path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length == 0 || path.length >= PATH_BYTES) {
      throw new LinuxException("connect", Errno.EINVAL, "the socket's name is too long: " + name);
    }
    var number = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    LinuxException.check("socket", number, "AF_UNIX");
    return new NotifySocket(libc, new Fd(libc, number), address(path));
  }

  /** struct sockaddr_un; the length tells where a name ends, so it need not end with 0. */
  private static byte[] address(byte[] path) {
    var address = new byte[PATH_OFFSET + path.length];
    MemorySegment.ofArray(address).set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
    System.arraycopy(path, 0, address, PATH_OFFSET, path.length);
    if (path[0] == '@') {
      address[PATH_OFFSET] = 0;
    }
    return address;
  }

  /** Sends a text; does not wait for room. */
  public void send(String text) throws LinuxException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    try (var arena = Arena.ofConfined()) {
      var to = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
      var buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      var message =
          new Libc.Outgoing(fd.number(), buffer, bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL);
      LinuxException.check("sendto", libc.sendto(message, to, address.length), "notification");
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
