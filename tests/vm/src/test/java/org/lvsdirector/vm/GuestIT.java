// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.GenericNetlink;
import org.lvsdirector.linux.GenericNetlink.Family;
import org.lvsdirector.linux.Libc;

/** The guest is what the other tests take it for. */
@OnEveryKernel
class GuestIT {
  @Test
  void itsKernelHasIpvs() throws IOException {
    try (var netlink = GenericNetlink.open(Libc.system())) {
      assertThat(netlink.familyId("IPVS")).isInstanceOf(Family.Found.class);
    }
    assertThat(Files.readString(Path.of("/proc/net/ip_vs"))).startsWith("IP Virtual Server");
  }

  @Test
  void aDirectorStartsFromItsArchiveOfClasses() {
    var home = Path.of(System.getProperty("lvs-director.home"));
    var words = DirectorProcess.command(home, "-XX:AOTMode=on", "-Xlog:class+load");
    words.add("--version");
    assertThat(Guest.run(words.toArray(String[]::new)))
        .containsPattern("org.lvsdirector.director.Main source: shared objects file");
  }

  /** Devices of software alone, as the kernel's tunnels bring along, lead nowhere. */
  @Test
  void itHasNoNetworkButItsOwn() throws IOException {
    try (var devices = Files.list(Path.of("/sys/class/net"))) {
      assertThat(devices.filter(device -> Files.exists(device.resolve("device")))).isEmpty();
    }
  }
}
