// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

/** Numbers of socket(2), as the kernel headers have them. */
final class SocketConstants {
  static final int AF_UNIX = 1; // linux/socket.h
  static final int AF_INET = 2; // linux/socket.h
  static final int AF_INET6 = 10; // linux/socket.h
  static final int AF_NETLINK = 16; // linux/socket.h
  static final int AF_PACKET = 17; // linux/socket.h
  static final int SOCK_DGRAM = 2; // linux/net.h
  static final int SOCK_RAW = 3; // linux/net.h
  static final int SOCK_CLOEXEC = 0x80000; // linux/net.h
  static final int SOL_SOCKET = 1; // asm-generic/socket.h

  private SocketConstants() {}
}
