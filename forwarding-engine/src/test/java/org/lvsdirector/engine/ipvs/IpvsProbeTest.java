// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.Availability.Usable;
import org.lvsdirector.engine.ipvs.ScriptedKernel.Refused;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;

class IpvsProbeTest {

  @Test
  void aKernelWithIpvsIsUsable() {
    var kernel =
        new ScriptedKernel((_, _) -> List.of(new Attributes.Writer().u32(1, 0x10201).u32(2, 4096)));
    assertThat(IpvsProbe.availability(kernel)).isEqualTo(new Usable());
    assertThat(kernel.commands).containsExactly(Abi.GET_INFO);
    assertThat(kernel.closed).containsExactly(7);
  }

  @Test
  void aKernelThatRefusesIsNotUsable() {
    var kernel =
        new ScriptedKernel(
            (_, _) -> {
              throw new Refused(Errno.EPERM);
            });
    assertThat(IpvsProbe.availability(kernel))
        .isInstanceOfSatisfying(
            Unusable.class, unusable -> assertThat(unusable.reason()).startsWith("not permitted"));
  }

  @Test
  void itIsToldWhereTheModuleIsWanting() {
    assertThat(IpvsProbe.noModule(true)).contains("not loaded").contains("modprobe ip_vs");
    assertThat(IpvsProbe.noModule(false)).contains("no ip_vs").contains("on the host");
    assertThat(IpvsProbe.reason(new LinuxException("IPVS", Errno.ENOENT, "")))
        .isIn(IpvsProbe.noModule(true), IpvsProbe.noModule(false));
  }

  @Test
  void aUserNamespaceIsToldFromALackOfPrivilege() {
    var everybody = "         0          0 4294967295\n";
    assertThat(IpvsProbe.notPermitted(everybody)).contains("run as root");
    assertThat(IpvsProbe.notPermitted("")).contains("run as root");
    assertThat(IpvsProbe.notPermitted("         0       1000          1\n"))
        .contains("user namespace");
  }

  @Test
  void anyOtherFailureIsQuoted() {
    assertThat(IpvsProbe.reason(new LinuxException("recv", Errno.EAGAIN, "netlink")))
        .contains("recv: EAGAIN (netlink)");
  }

  @Test
  void theKernelOfThisMachineAnswers() {
    switch (IpvsProbe.availability(Libc.system())) {
      case Usable _ -> assertThat(IpvsProbe.availability(Libc.system())).isEqualTo(new Usable());
      case Unusable(String reason) ->
          assertThat(reason).containsAnyOf("no ip_vs", "not loaded ip_vs", "not permitted");
    }
  }
}
