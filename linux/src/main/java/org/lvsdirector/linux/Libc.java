// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.lang.foreign.MemorySegment;

/**
 * The functions of the C library that this project calls, with their C names and argument order.
 * Each returns its result, or {@code -errno} when it failed. Blocking functions block the platform
 * thread that calls them.
 *
 * <p>A stand-in for tests need not have them all: those with a body say, as a kernel would, that
 * they are not there.
 */
public interface Libc {

  /** The C library of this process. */
  static Libc system() {
    return FfmLibc.INSTANCE;
  }

  /** An endpoint for communication; socket(2). */
  int socket(int domain, int type, int protocol);

  /** Gives a socket its address; bind(2). */
  int bind(int sockfd, MemorySegment addr, int addrlen);

  /** Changes an option of a socket; setsockopt(2). */
  int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen);

  /** Sends a message on a socket; send(2). */
  long send(int sockfd, MemorySegment buf, long len, int flags);

  /** Receives a message from a socket; recv(2). */
  long recv(int sockfd, MemorySegment buf, long len, int flags);

  /** Sends a message to an address; sendto(2). */
  default long sendto(Outgoing message, MemorySegment destAddr, int addrlen) {
    return -Errno.ENOSYS;
  }

  /**
   * What sendto(2) sends, and how.
   *
   * @param sockfd the socket
   * @param buf the bytes
   * @param len how many
   * @param flags MSG_DONTWAIT and others
   */
  record Outgoing(int sockfd, MemorySegment buf, long len, int flags) {}

  /** Waits until one of the file descriptors is ready, or for a while; poll(2). */
  default int poll(MemorySegment fds, long nfds, int timeoutMillis) {
    return -Errno.ENOSYS;
  }

  /** A file descriptor that is ready once something was added to its counter; eventfd(2). */
  default int eventfd(int initval, int flags) {
    return -Errno.ENOSYS;
  }

  /** Writes to a file descriptor; write(2). */
  default long write(int fd, MemorySegment buf, long count) {
    return -Errno.ENOSYS;
  }

  /** Reads from a file descriptor; read(2). */
  default long read(int fd, MemorySegment buf, long count) {
    return -Errno.ENOSYS;
  }

  /** Closes a file descriptor; close(2). */
  int close(int fd);
}
