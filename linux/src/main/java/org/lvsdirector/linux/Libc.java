// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.lang.foreign.MemorySegment;
import java.util.List;

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

  /** A pipe: where it is read, and where it is written; pipe2(2). */
  default int pipe2(MemorySegment pipefd, int flags) {
    return -Errno.ENOSYS;
  }

  /** Opens a file that exists; open(2). */
  default int open(MemorySegment pathname, int flags) {
    return -Errno.ENOSYS;
  }

  /** Changes how a file descriptor behaves; fcntl(2) with a number. */
  default int fcntl(int fd, int op, int arg) {
    return -Errno.ENOSYS;
  }

  /** Starts a program in another process; posix_spawn(3). Returns the pid. */
  default int posixSpawn(Spawning spawning) {
    return -Errno.ENOSYS;
  }

  /**
   * What posix_spawn(3) starts: in a session of its own, with the signals of a fresh process and no
   * descriptor but its input, its output and its errors.
   *
   * @param words the program's file and its arguments
   * @param environment all of it
   * @param folder where it works
   * @param out becomes its output
   * @param err becomes its errors
   */
  record Spawning(List<String> words, List<String> environment, String folder, int out, int err) {
    public Spawning {
      words = List.copyOf(words);
      environment = List.copyOf(environment);
    }
  }

  /** A descriptor that is readable once a process has ended; pidfd_open(2). */
  default int pidfdOpen(int pid, int flags) {
    return -Errno.ENOSYS;
  }

  /** How a child ended; waitpid(2). */
  default int waitpid(int pid, MemorySegment wstatus, int options) {
    return -Errno.ENOSYS;
  }

  /** Sends a signal to a process, or below 0 to a process group; kill(2). */
  default int kill(int pid, int sig) {
    return -Errno.ENOSYS;
  }

  /**
   * Sets how a thread is scheduled; sched_setscheduler(2).
   *
   * @param tid the thread; 0 for the one that calls
   */
  default int schedSetscheduler(int tid, int policy, int priority) {
    return -Errno.ENOSYS;
  }

  /** The words for an error number, in the language of this process; strerror(3). */
  default String strerror(int errnum) {
    return Errno.name(errnum);
  }

  /** Closes a file descriptor; close(2). */
  int close(int fd);
}
