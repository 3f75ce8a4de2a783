// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class UdpFlowsTest {
  private static final int LIMIT = 16;

  private final UdpFlows<String> flows = new UdpFlows<>(LIMIT);

  @Test
  void whatWasAddedIsFoundUntilItIsRemoved() {
    add("192.0.2.1", 1000);
    assertThat(flows.touch(client("192.0.2.1", 1000))).isEqualTo("192.0.2.1:1000");
    flows.use(client("192.0.2.1", 1000));
    assertThat(flows.touch(client("192.0.2.1", 1000))).isEqualTo("192.0.2.1:1000");
    flows.remove(client("192.0.2.1", 1000), "another");
    assertThat(flows.touch(client("192.0.2.1", 1000))).isNotNull();
    flows.remove(client("192.0.2.1", 1000), "192.0.2.1:1000");
    assertThat(flows.touch(client("192.0.2.1", 1000))).isNull();
    assertThat(flows.rows()).allMatch(row -> row.isEmpty());
  }

  @Test
  void aFloodOfOneNetworkPushesOutNothingButItself() {
    for (var i = 0; i < LIMIT / 2; i++) {
      add("198.51.%d.7".formatted(i), 53);
    }
    for (var i = 0; i < 1000; i++) {
      add("192.0.2." + i % 200, 1024 + i);
    }
    assertThat(flows.rows().getFirst())
        .hasSize(LIMIT)
        .filteredOn(flow -> flow.startsWith("198.51."))
        .hasSize(LIMIT / 2);
    add("203.0.113.1", 53);
    assertThat(flows.rows().getFirst())
        .hasSize(LIMIT)
        .filteredOn(flow -> flow.startsWith("192.0.2."))
        .hasSize(LIMIT / 2 - 1);
  }

  @Test
  void aNetworkMayHaveAllWhileNobodyElseNeedsIt() {
    for (var i = 0; i < LIMIT; i++) {
      add("192.0.2.1", i);
    }
    assertThat(flows.rows().getFirst()).hasSize(LIMIT);
  }

  @Test
  void flowsInUseAreKeptWhileThereAreOthers() {
    for (var i = 0; i < LIMIT / 2; i++) {
      add("198.51.100.7", i);
      flows.use(client("198.51.100.7", i));
    }
    for (var i = 0; i < 1000; i++) {
      add("203.0.%d.1".formatted(i % 250), i);
    }
    assertThat(flows.rows().getLast()).hasSize(LIMIT / 2);
    assertThat(flows.rows().getFirst()).hasSize(LIMIT / 2);
  }

  @Test
  void whenAllAreInUseTheLongestIdleOneGoes() {
    for (var i = 0; i < LIMIT; i++) {
      add("198.51.100.7", i);
      flows.use(client("198.51.100.7", i));
    }
    flows.touch(client("198.51.100.7", 0));
    assertThat(flows.victim(client("192.0.2.1", 1))).isEqualTo("198.51.100.7:1");
  }

  @Test
  void whatIsNotInUseGoesByIdleness() {
    for (var i = 0; i < LIMIT; i++) {
      add("203.0.%d.1".formatted(i), i);
    }
    flows.touch(client("203.0.0.1", 0));
    assertThat(flows.victim(client("192.0.2.1", 1))).isEqualTo("203.0.1.1:1");
    assertThat(flows.rows()).isEqualTo(List.of(flows.rows().getFirst(), List.of()));
  }

  private void add(String address, int port) {
    var client = client(address, port);
    var victim = flows.victim(client);
    if (victim != null) {
      var parts = victim.split(":");
      flows.remove(client(parts[0], Integer.parseInt(parts[1])), victim);
    }
    flows.add(client, address + ":" + port);
  }

  private static InetSocketAddress client(String address, int port) {
    return new InetSocketAddress(address, port);
  }
}
