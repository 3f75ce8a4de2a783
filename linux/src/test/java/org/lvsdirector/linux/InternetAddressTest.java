// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InternetAddressTest {
  private static final byte[] LINK_LOCAL = {
    (byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11
  };

  @Test
  void aZoneIsTheInterfaceByItsNumber() throws Exception {
    var loopback = Objects.requireNonNull(NetworkInterface.getByName("lo"));
    var address = (Inet6Address) InternetAddress.of(LINK_LOCAL, "lo");
    assertThat(address.getScopeId()).isEqualTo(loopback.getIndex());
    assertThat(address.getAddress()).isEqualTo(LINK_LOCAL);
  }

  @Test
  void withoutAZoneItIsTheBytesAlone() throws Exception {
    assertThat(InternetAddress.of(new byte[] {127, 0, 0, 1}, ""))
        .isEqualTo(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  @Test
  void anInterfaceThatIsNotThereIsNamed() {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> InternetAddress.of(LINK_LOCAL, "none0"))
        .withMessageContaining("none0");
  }
}
