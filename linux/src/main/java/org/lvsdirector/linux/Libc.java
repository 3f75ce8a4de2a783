package org.lvsdirector.linux;

import java.lang.foreign.MemorySegment;

/**
 * The functions of the C library that this project calls, with their C names and argument order.
 * Each returns its result, or {@code -errno} when it failed. Blocking functions block the platform
 * thread that calls them.
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

  /** Closes a file descriptor; close(2). */
  int close(int fd);
}
