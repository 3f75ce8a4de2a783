// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Waits for a file descriptor to become readable, and can be woken; poll(2) and eventfd(2). One
 * thread waits; any thread wakes it.
 */
final class Waiting implements AutoCloseable {
  private static final int EFD_CLOEXEC = 0x80000; // bits/eventfd.h
  private static final int EFD_NONBLOCK = 0x800; // bits/eventfd.h
  private static final short POLLIN = 1; // asm-generic/poll.h
  private static final int POLLFD_BYTES = 8; // sizeof(struct pollfd)

  private final Libc libc;
  private final Fd event;

  private Waiting(Libc libc, Fd event) {
    this.libc = libc;
    this.event = event;
  }

  static Waiting open(Libc libc) throws LinuxException {
    var number = libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    LinuxException.check("eventfd", number, "");
    return new Waiting(libc, new Fd(libc, number));
  }

  /** Waits until a file descriptor is readable; false when woken, or after the time is over. */
  boolean isReadable(Fd fd, Duration patience) throws LinuxException {
    try (var arena = Arena.ofConfined()) {
      var fds = arena.allocate(2 * POLLFD_BYTES, 4);
      fds.set(ValueLayout.JAVA_INT, 0, fd.number());
      fds.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      fds.set(ValueLayout.JAVA_INT, POLLFD_BYTES, event.number());
      fds.set(ValueLayout.JAVA_SHORT, POLLFD_BYTES + 4, POLLIN);
      // One more, since a whole millisecond has not passed when a part of it has.
      var millis = (int) Math.min(Integer.MAX_VALUE - 1L, patience.toMillis() + 1);
      var result = libc.poll(fds, 2, patience.isZero() ? 0 : millis);
      if (result != -Errno.EINTR) {
        LinuxException.check("poll", result, "");
      }
      clearEvent(fds, arena);
      return result > 0 && fds.get(ValueLayout.JAVA_SHORT, 6) != 0;
    }
  }

  private void clearEvent(MemorySegment fds, Arena arena) {
    if (fds.get(ValueLayout.JAVA_SHORT, POLLFD_BYTES + 6) != 0) {
      libc.read(event.number(), arena.allocate(ValueLayout.JAVA_LONG), 8);
    }
  }

  /** Ends the waiting, or the next one when nobody waits. */
  void wake() {
    try (var arena = Arena.ofConfined()) {
      libc.write(event.number(), arena.allocateFrom(ValueLayout.JAVA_LONG, 1), 8);
    } catch (IllegalStateException _) {
      // It is closed: nobody waits any more.
    }
  }

  @Override
  public void close() {
    event.close();
  }
}
