// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ServerKeyTest {
  @Test
  void serversInRowsHaveHashCodesOfTheirOwn() {
    var hashCodes = new HashSet<Integer>();
    for (var port = 1; port <= 100; port++) {
      var virtual = new Endpoint(IpAddress.of("192.0.2.80"), port);
      var service = new ServiceKey.ByAddress(Protocol.TCP, virtual);
      for (var host = 1; host <= 100; host++) {
        var server = new Endpoint(IpAddress.ofIpv4(0x0a000000 + host), 80);
        hashCodes.add(new ServerKey(service, server).hashCode());
      }
    }
    assertThat(hashCodes.size()).isGreaterThan(9_900);
  }
}
