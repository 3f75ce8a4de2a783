// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** A C library whose socket 7 says what the test wants. */
final class ScriptedLibc implements Libc {
  final List<Integer> closed = new ArrayList<>();

  /** What recv does next: bytes in hex, or an errno as {@code -11}; then EAGAIN. */
  final Deque<String> received = new ArrayDeque<>();

  /** Calls of sched_setscheduler: thread, policy, priority. */
  final List<String> scheduled = new ArrayList<>();

  int schedulingResult;
  int socketResult = 7;
  int bindResult;

  @Override
  public int socket(int domain, int type, int protocol) {
    return socketResult;
  }

  @Override
  public int bind(int sockfd, MemorySegment addr, int addrlen) {
    return bindResult;
  }

  @Override
  public int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen) {
    return 0;
  }

  @Override
  public long send(int sockfd, MemorySegment buf, long len, int flags) {
    return len;
  }

  @Override
  public long recv(int sockfd, MemorySegment buf, long len, int flags) {
    var next = received.isEmpty() ? "-" + Errno.EAGAIN : received.removeFirst();
    if (next.startsWith("-")) {
      return Long.parseLong(next);
    }
    var bytes = HexFormat.of().parseHex(next);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buf, 0, bytes.length);
    return bytes.length;
  }

  @Override
  public int schedSetscheduler(int tid, int policy, int priority) {
    scheduled.add(tid + " " + policy + " " + priority);
    return schedulingResult;
  }

  /** The first file descriptor is always readable. */
  @Override
  public int poll(MemorySegment fds, long nfds, int timeoutMillis) {
    fds.set(ValueLayout.JAVA_SHORT, 6, (short) 1);
    return 1;
  }

  @Override
  public int eventfd(int initval, int flags) {
    return 8;
  }

  @Override
  public int close(int fd) {
    closed.add(fd);
    return 0;
  }
}
