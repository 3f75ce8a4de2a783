// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab itself: what it builds works, and nothing of it stays. */
class NetworkIT {
  @TempDir private Path folder;

  @Test
  void hostsReachEachOtherAndTheMachineSeesNothingOfIt() throws IOException {
    var linksBefore = Commands.run(List.of("ip", "-o", "link")).lines().count();
    try (var network = Network.open(folder)) {
      assertReaches(network, Node.CLIENT, Node.ROUTER, Net.PUBLIC.ipv4(Node.ROUTER.number()));
      assertReaches(network, Node.CLIENT, Node.PRIMARY, Net.PUBLIC.ipv6(Node.PRIMARY.number()));
      assertReaches(network, Node.BACKUP, Node.PRIMARY, Net.PRIVATE.ipv4(Node.PRIMARY.number()));
      assertThat(Commands.run(List.of("ip", "-o", "link")).lines().count()).isEqualTo(linksBefore);
    }
  }

  private static void assertReaches(Network network, Node from, Node to, String address)
      throws IOException {
    var target = new InetSocketAddress(address, Lab.PORT);
    try (var _ = Echo.start(network.host(to), target);
        var connection = network.host(from).call(() -> new Socket(address, Lab.PORT))) {
      connection.getOutputStream().write(42);
      assertThat(connection.getInputStream().read()).isEqualTo(42);
    }
  }

  @Test
  void nothingStaysAfterTheEndNorAfterACrash() throws IOException {
    String name;
    Process process;
    try (var network = Network.open(folder)) {
      var host = network.host(Node.CLIENT);
      name = host.namespace();
      process = host.start("sleep", List.of("sleep", "1000"), Map.of());
      assertThat(Commands.run(List.of("ip", "netns", "list"))).contains(name);
    }
    assertThat(process.isAlive()).isFalse();
    assertThat(Commands.run(List.of("ip", "netns", "list"))).doesNotContain(name);

    var ofTheDead = "lvslab-" + process.pid() + "-1-1-client";
    Commands.run(List.of("ip", "netns", "add", ofTheDead));
    Network.open(folder).close();
    assertThat(Commands.run(List.of("ip", "netns", "list"))).doesNotContain(ofTheDead);
  }

  @Test
  void aProberSeesAnOutageAndItsLength() throws Exception {
    try (var network = Network.open(folder)) {
      var address = new InetSocketAddress(Net.INNER.ipv4(Node.WEB1.number()), Lab.PORT);
      try (var _ = Echo.start(network.host(Node.WEB1), address);
          var udp = UdpProber.start(network.host(Node.PRIMARY), address, 1000);
          var tcp = TcpProber.start(network.host(Node.PRIMARY), address, 50)) {
        var start = System.nanoTime();
        Waiting.until("answers", () -> udp.isAnsweredSince(start) && tcp.isAnsweredSince(start));
        var cut = System.nanoTime();
        network.deafen(Node.WEB1, Net.INNER);
        Waiting.nanos(400_000_000L);
        network.mend(Node.WEB1);
        var mended = System.nanoTime();
        Waiting.until("answers", () -> udp.isAnsweredSince(mended));
        Waiting.nanos(300_000_000L);
        var outage = udp.outage(cut, System.nanoTime());
        assertThat(outage.longestNanos())
            .isBetween(350_000_000L, System.nanoTime() - cut)
            .isLessThanOrEqualTo(outage.totalNanos());
        assertThat(udp.outage(start, cut).sent()).isPositive();
        assertThat(tcp.result(start, System.nanoTime()).attempts()).isPositive();
      }
    }
  }
}
