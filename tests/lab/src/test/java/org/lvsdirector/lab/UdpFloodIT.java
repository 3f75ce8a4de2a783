// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.PacketSocket;

/** Datagrams of sources that do not exist, sent to a UDP service of the proxy. */
class UdpFloodIT {
  private static final int DATAGRAMS = 16_000;
  private static final int BATCH = 40;
  private static final long PAUSE_NANOS = 10_000_000;

  /** As long as the kernel asks for a neighbour that is not there. */
  private static final long ASKED_NANOS = 4_000_000_000L;

  /** Addresses of the clients' own network that nobody has: their answers wait for ARP. */
  private static final int FIRST_SOURCE = 100;

  private static final int SOURCES = 150;
  private static final byte[] PAYLOAD = "twelve bytes".getBytes(StandardCharsets.US_ASCII);

  @Test
  void clientsOfAUdpServiceAreServedThroughAFloodOfForgedSources() throws IOException {
    try (var stage = Stage.open("udp-flood", Profile.DEFAULT);
        var stalls = Stalls.watch()) {
      stage.settle();
      stage.awaitService();
      var active = stage.lab().activeNode();
      var start = System.nanoTime();
      flood(stage.network(), active);
      Waiting.nanos(ASKED_NANOS);
      var end = System.nanoTime();
      var outage = stage.udp().outage(start, end);
      System.out.printf(
          "%nThe lab: %d forged datagrams in %d ms: %s%n",
          DATAGRAMS, (end - start - ASKED_NANOS) / 1_000_000, outage);
      assertThat(outage.longestNanos())
          .isLessThan(2 * UdpProber.PATIENCE_NANOS + 2 * stalls.longestNanos(start, end));
      assertThat(stage.directors().transitions(start)).isEmpty();
    }
  }

  private static void flood(Network network, Node to) throws IOException {
    var router = network.host(Node.ROUTER);
    var index = router.call(() -> FrameWatch.index(Net.PUBLIC.device()));
    var from = MacAddress.of(Net.PUBLIC.mac(Node.ROUTER.number()));
    var director = MacAddress.of(Net.PUBLIC.mac(to.number()));
    try (var socket = router.call(() -> PacketSocket.open(Libc.system()))) {
      for (var i = 0; i < DATAGRAMS; i++) {
        var source = Net.PUBLIC.ipv4(FIRST_SOURCE + i % SOURCES);
        var datagram = new Datagram(source, Lab.VIRTUAL_4, 1024 + i, Lab.PORT, PAYLOAD);
        socket.send(index, datagram.encode(from, director));
        if (i % BATCH == 0) {
          Waiting.nanos(PAUSE_NANOS);
        }
      }
    }
  }
}
