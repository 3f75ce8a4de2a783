// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.GenericNetlink.Family;

class GenericNetlinkTest {
  private static final String ACKNOWLEDGED_FIRST =
      "240000000200000101000000ef69000000000000" + "20000000100005000100000000000000";
  private static final String FAMILY_31 =
      "1c0000001000000001000000ef690000" + "01020000" + "060001001f000000";
  private static final String ANOTHER_SEQUENCE =
      "240000000200000109000000ef690000ffffffff" + "20000000100005000900000000000000";

  @Test
  void theKernelOfThisMachineKnowsItsController() throws LinuxException {
    try (var netlink = GenericNetlink.open(Libc.system())) {
      assertThat(netlink.familyId("nlctrl")).isEqualTo(new Family.Found(16));
    }
  }

  @Test
  void aFamilyThatNoKernelHasIsMissing() throws LinuxException {
    try (var netlink = GenericNetlink.open(Libc.system())) {
      assertThat(netlink.familyId("LVSD-NO-SUCH")).isEqualTo(new Family.Missing());
      assertThat(netlink.familyId("nlctrl"))
          .as("the socket goes on")
          .isInstanceOf(Family.Found.class);
    }
  }

  @Test
  void theKernelsExplanationArrives() throws LinuxException {
    try (var netlink = GenericNetlink.open(Libc.system())) {
      var refused =
          catchThrowableOfType(
              LinuxException.class, () -> netlink.familyId("a-name-of-more-than-fifteen-letters"));
      assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
      assertThat(refused).hasMessageContaining("EINVAL").hasMessageContaining("GETFAMILY");
    }
  }

  @Test
  void interruptionsAndForeignAnswersAreSkipped() throws LinuxException {
    var libc = new ScriptedLibc();
    libc.received.add("-" + Errno.EINTR);
    libc.received.add(ANOTHER_SEQUENCE);
    libc.received.add(FAMILY_31);
    libc.received.add(ACKNOWLEDGED_FIRST);
    try (var netlink = GenericNetlink.open(libc)) {
      assertThat(netlink.familyId("IPVS")).isEqualTo(new Family.Found(31));
    }
    assertThat(libc.closed).containsExactly(7);
  }

  @Test
  void silenceOfTheKernelIsAnError() throws LinuxException {
    assertThat(failureOf(new ScriptedLibc()))
        .hasMessage("recv: EAGAIN (no answer of the kernel within 5 s)");
  }

  @Test
  void nonsenseOfTheKernelIsAnError() throws LinuxException {
    var libc = new ScriptedLibc();
    libc.received.add("ff");
    assertThat(failureOf(libc).errno()).isEqualTo(Errno.EBADMSG);
    libc.received.add(ACKNOWLEDGED_FIRST);
    assertThat(failureOf(libc).errno()).as("no family in the answer").isEqualTo(Errno.EBADMSG);
    libc.received.add("100000001000000001000000ef690000" + ACKNOWLEDGED_FIRST);
    assertThat(failureOf(libc).errno()).as("no generic header").isEqualTo(Errno.EBADMSG);
  }

  @Test
  void aSocketThatCannotBeBoundIsClosed() {
    var libc = new ScriptedLibc();
    libc.bindResult = -Errno.EACCES;
    var refused = catchThrowableOfType(LinuxException.class, () -> GenericNetlink.open(libc));
    assertThat(refused).hasMessage("bind: EACCES (netlink)");
    assertThat(libc.closed).containsExactly(7);
  }

  @Test
  void noSocketIsAnError() {
    var libc = new ScriptedLibc();
    libc.socketResult = -24;
    var refused = catchThrowableOfType(LinuxException.class, () -> GenericNetlink.open(libc));
    assertThat(refused.call()).isEqualTo("socket");
    assertThat(refused).hasMessageContaining("EMFILE");
    assertThat(libc.closed).isEmpty();
  }

  private static LinuxException failureOf(ScriptedLibc libc) throws LinuxException {
    try (var netlink = GenericNetlink.open(libc)) {
      return catchThrowableOfType(LinuxException.class, () -> netlink.familyId("IPVS"));
    }
  }
}
