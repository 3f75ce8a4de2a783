// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.director.doctor.AddressFindings.Own;
import org.lvsdirector.director.doctor.Finding.State;

class AddressFindingsTest {
  private static final Own PUBLIC = own("eth0", "192.0.2.2", 24);
  private static final Own PRIVATE = own("eth1", "10.10.0.2", 24);

  @Test
  void anAddressOnTheInterfaceOfItsNetworkIsNotSpokenOf() {
    assertThat(findings(PUBLIC, PRIVATE)).isEmpty();
  }

  @Test
  void interfacesThatChangedPlacesAreTold() {
    assertThat(findings(own("eth1", "192.0.2.2", 24), own("eth0", "10.10.0.2", 24)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(State.WARNING);
              assertThat(finding.name()).isEqualTo("virtual address 192.0.2.80");
              assertThat(finding.detail()).contains("goes on eth0", "on eth1 (192.0.2.2/24)");
              assertThat(finding.mend()).contains("device = eth1");
            });
  }

  @Test
  void anAddressOfNoNetworkOfThisMachineMayGoAnywhere() {
    assertThat(findings(own("eth0", "198.51.100.2", 24), PRIVATE)).isEmpty();
  }

  @Test
  void theAddressItselfSaysNothingOfItsNetwork() {
    assertThat(findings(own("eth0", "10.10.0.2", 24), own("eth1", "192.0.2.80", 24))).isEmpty();
    assertThat(findings(own("eth0", "10.10.0.2", 24), own("eth1", "192.0.2.9", 32))).isEmpty();
  }

  @Test
  void anInterfaceMayHaveAnotherName() {
    assertThat(findings(own("enp1s0", "192.0.2.2", 24), PRIVATE)).isEmpty();
  }

  private static List<Finding> findings(Own... own) {
    return new AddressFindings(List.of(own), config()).all();
  }

  private static Own own(String device, String address, int prefix) {
    return new Own(device, IpAddress.of(address), prefix);
  }

  private static Config config() {
    var config =
        LvsCf.parse(
                """
                primary = 192.0.2.2
                virtual web {
                  active = 1
                  address = 192.0.2.80 eth0:1
                  port = 80
                  server one {
                    address = 10.10.0.11
                    active = 1
                  }
                }
                """)
            .config();
    assertThat(config).isNotNull();
    return config;
  }
}
