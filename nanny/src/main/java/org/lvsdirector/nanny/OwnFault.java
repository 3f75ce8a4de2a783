// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.net.BindException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Libc;

/**
 * Tells failures of this machine from those of a server: descriptors, memory, buffers, ports and
 * permissions are wanting here, whatever the server does. That there is no way to a server is the
 * server's failure, since clients have none either.
 */
final class OwnFault {
  /** The JDK tells an errno by the C library's words for it, which depend on the locale. */
  private static final Set<String> WORDS =
      Stream.of(
              Errno.EPERM,
              Errno.EAGAIN,
              Errno.ENOMEM,
              Errno.EACCES,
              Errno.ENFILE,
              Errno.EMFILE,
              Errno.ENOSPC,
              Errno.EADDRINUSE,
              Errno.EADDRNOTAVAIL,
              Errno.ENOBUFS)
          .map(Libc.system()::strerror)
          .collect(Collectors.toUnmodifiableSet());

  private OwnFault() {}

  /** Whether it was this machine that failed. */
  static boolean is(IOException failure) {
    var message = failure.getMessage();
    return failure instanceof BindException
        || message != null && WORDS.stream().anyMatch(message::startsWith);
  }
}
