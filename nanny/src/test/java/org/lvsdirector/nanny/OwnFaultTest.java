// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Libc;

/** Whose failure an error of a socket is. */
class OwnFaultTest {
  private static final int ENETUNREACH = 101;
  private static final int ECONNRESET = 104;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;
  private static final int EHOSTUNREACH = 113;

  @Test
  void whatThisMachineLacksIsItsOwn() {
    for (var errno :
        List.of(
            Errno.EMFILE,
            Errno.ENFILE,
            Errno.ENOMEM,
            Errno.ENOBUFS,
            Errno.ENOSPC,
            Errno.EAGAIN,
            Errno.EPERM,
            Errno.EACCES,
            Errno.EADDRINUSE,
            Errno.EADDRNOTAVAIL)) {
      var words = Libc.system().strerror(errno);
      assertThat(OwnFault.is(new SocketException(words))).as(words).isTrue();
    }
    assertThat(OwnFault.is(new BindException("whatever"))).isTrue();
  }

  @Test
  void whatTheServerOrTheNetworkSaysIsNot() {
    for (var errno : List.of(ECONNREFUSED, ECONNRESET, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH)) {
      var words = Libc.system().strerror(errno);
      assertThat(OwnFault.is(new ConnectException(words))).as(words).isFalse();
    }
    assertThat(OwnFault.is(new SocketException())).isFalse();
  }
}
