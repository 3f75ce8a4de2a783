// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinkName;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.lvsdirector.pulse.seal.SealPolicy;

/** Each name that the kernel knows for an interface is that interface. */
@Timeout(60)
class AlternativeNamesIT {
  private static final String LONG = "an-alternative-name-of-a-network";

  @TempDir private Path folder;

  private static Namespace host() {
    var host = new Namespace("names");
    host.ip("link", "add", "own0", "type", "veth", "peer", "name", "peer0");
    host.ip("link", "property", "add", "dev", "own0", "altname", "public0", "altname", LONG);
    host.ip("link", "set", "own0", "up");
    return host;
  }

  @ParameterizedTest
  @ValueSource(strings = {"own0", "public0", LONG})
  void anAddressIsHeldOnTheInterfaceOfAnyName(String name) {
    var virtual = new VirtualAddress(IpAddress.of("192.0.2.80"), 24, name, name + ":1");
    var settings = new AddressSettings(List.of(virtual), true, folder.resolve("addresses"));
    var tags = new AnnouncementTag(SealPolicy.NONE, "a", "b");
    try (var host = host();
        var addresses =
            host.in(() -> KernelAddresses.open(Libc.system(), settings, tags, new Silent()))) {
      host.in(
          () -> {
            addresses.acquire(List.of(virtual));
            return true;
          });
      assertThat(host.ip("addr", "show", "dev", "own0")).contains("192.0.2.80/24", "own0:1");
      host.in(
          () -> {
            addresses.release();
            return true;
          });
      assertThat(host.ip("addr", "show", "dev", "own0")).doesNotContain("192.0.2.80");
    }
  }

  @Test
  void thePresentNameIsFoundByAnyName() {
    try (var host = host()) {
      for (var name : List.of("own0", "public0", LONG)) {
        assertThat(host.in(() -> LinkName.present(Libc.system(), name))).isEqualTo("own0");
      }
      assertThat(host.in(() -> LinkName.present(Libc.system(), "none0"))).isEqualTo("none0");
    }
  }

  /** Hears of nothing. */
  private static final class Silent implements AddressListener {
    @Override
    public void devicesChanged(String problem) {}

    @Override
    public void partnerAnnounced() {}
  }
}
