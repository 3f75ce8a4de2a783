// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Heartbeats over IPv6 alone, and a proxy that serves TCP and UDP on an IPv6 address. */
class Ipv6IT {
  private static final Profile PROFILE = Profile.DEFAULT.ipv6();
  private static final int PER_SECOND = 50;

  @Test
  void theAddressMovesAndClientsOverIpv6AreServedOn() throws IOException {
    try (var stage = Stage.open("ipv6", PROFILE);
        var stalls = Stalls.watch();
        var tcp = TcpProber.start(stage.network().host(Node.CLIENT), Lab.service6(), PER_SECOND)) {
      stage.settle();
      var active = stage.lab().activeNode();
      hearsByIpv6(stage, active);
      hearsByIpv6(stage, active.other());
      var began = System.nanoTime();
      stage.lab().await("TCP over IPv6", () -> tcp.isAnsweredSince(began));

      var start = System.nanoTime();
      stage.lab().powerOff(active);
      stage.awaitTakeover(active.other());
      var taken = System.nanoTime();
      stage.lab().await("TCP over IPv6", () -> tcp.isAnsweredSince(taken));

      var now = System.nanoTime();
      var outage = stage.udp6().outage(start, now);
      System.out.printf(
          "%nThe lab: heartbeats over IPv6, power of the active host fails: outage %d ms%n",
          outage.longestMillis());
      assertThat(outage.longestNanos())
          .isLessThan(
              4 * PROFILE.deadtimeMillis() * 1_000_000 + 2 * stalls.longestNanos(start, now));
    }
  }

  private static void hearsByIpv6(Stage stage, Node node) {
    var links = stage.directors().status(node).path("links");
    assertThat(links).hasSize(2).allMatch(link -> link.path("isUp").asBoolean());
    assertThat(stage.directors().status(node).toString())
        .contains(Net.PUBLIC.ipv6(node.other().number()));
  }
}
