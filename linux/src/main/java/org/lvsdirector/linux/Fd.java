// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor, closed once. */
public final class Fd implements AutoCloseable {
  private final Libc libc;
  private final int number;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** Takes over an open file descriptor. */
  public Fd(Libc libc, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("not a file descriptor: " + number);
    }
    this.libc = libc;
    this.number = number;
  }

  /**
   * The number for system calls.
   *
   * @throws IllegalStateException when it is closed, since the number may mean another file by now
   */
  public int number() {
    if (isClosed.get()) {
      throw new IllegalStateException("file descriptor " + number + " is closed");
    }
    return number;
  }

  /**
   * Closes it; repeating that is harmless. Linux frees the number even when close(2) reports an
   * error, so there is nothing to do about one.
   */
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      libc.close(number);
    }
  }
}
