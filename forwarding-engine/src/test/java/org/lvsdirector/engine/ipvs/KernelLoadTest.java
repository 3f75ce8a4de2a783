// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.EngineStats.ServerCounters;

class KernelLoadTest {
  private static final Counters TRAFFIC = new Counters(9, 0, 0, 0, 0);

  /** Linux 7.2 has ip_vs_status for root alone, and the packaged daemon is not root. */
  @Test
  void whoIsNotRootKnowsTheLoadButNotTheChains() {
    var service = new ServiceKey.ByAddress(Protocol.TCP, endpoint("192.0.2.80"));
    var servers =
        Map.of(
            new ServerKey(service, endpoint("10.0.0.1")), new ServerCounters(30, 4, 0, TRAFFIC),
            new ServerKey(service, endpoint("10.0.0.2")), new ServerCounters(25, 5, 0, TRAFFIC));
    var stats = new EngineStats(Map.of(service, TRAFFIC), servers);
    var load = KernelLoad.estimate(stats, 1024, -4, -3);
    assertThat(load.connections().load()).isEqualTo(1.0 / 16);
    assertThat(load.connections().hasSize()).isTrue();
    assertThat(load.connections().hasChains()).isFalse();
    assertThat(load.services().entries()).isEqualTo(1);
    assertThat(load.services().hasSize()).isFalse();
  }

  private static Endpoint endpoint(String address) {
    return new Endpoint(IpAddress.of(address), 80);
  }
}
