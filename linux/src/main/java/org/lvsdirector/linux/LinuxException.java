// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.io.Serial;

/** A system call or a request to the kernel failed. */
public final class LinuxException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final String call;
  private final int errno;

  /**
   * A failure.
   *
   * @param call what was called, such as {@code bind}
   * @param errno the error number, above 0
   * @param detail with what, or what the kernel said about it; may be empty
   */
  public LinuxException(String call, int errno, String detail) {
    super(call + ": " + Errno.name(errno) + (detail.isEmpty() ? "" : " (" + detail + ")"));
    this.call = call;
    this.errno = errno;
  }

  /** What was called. */
  public String call() {
    return call;
  }

  /** The error number. */
  public int errno() {
    return errno;
  }

  /**
   * The result of a call, when it is no error.
   *
   * @param result what a method of {@link Libc} returned
   * @throws LinuxException when the result is below 0
   */
  public static long check(String call, long result, String detail) throws LinuxException {
    if (result < 0) {
      throw new LinuxException(call, (int) -result, detail);
    }
    return result;
  }
}
