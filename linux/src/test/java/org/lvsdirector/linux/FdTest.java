// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class FdTest {

  @Test
  void itIsClosedOnce() {
    var libc = new ScriptedLibc();
    var fd = new Fd(libc, 7);
    fd.close();
    fd.close();
    assertThat(libc.closed).containsExactly(7);
  }

  @Test
  void aClosedNumberIsNotGivenOut() {
    var fd = new Fd(new ScriptedLibc(), 7);
    assertThat(fd.number()).isEqualTo(7);
    fd.close();
    assertThatIllegalStateException().isThrownBy(fd::number);
  }

  @Test
  void anErrorIsNoFileDescriptor() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Fd(new ScriptedLibc(), -2));
  }

  @Test
  void theRealLibraryReportsErrorNumbers() {
    assertThat(Libc.system().close(-1)).isEqualTo(-Errno.EBADF);
    assertThat(Libc.system().socket(-1, 1, 0)).isEqualTo(-Errno.EAFNOSUPPORT);
  }

  @Test
  void errorNumbersHaveNames() {
    assertThat(Errno.name(Errno.EPERM)).isEqualTo("EPERM");
    assertThat(Errno.name(4711)).isEqualTo("errno 4711");
  }
}
