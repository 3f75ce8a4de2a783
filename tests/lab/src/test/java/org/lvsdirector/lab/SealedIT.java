// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.MacAddress;
import org.lvsdirector.linux.PacketSocket;

/** What a stranger on the heartbeat links can read, and what he can bring about. */
class SealedIT {
  private static final String HEARTBEATS = "udp port 539";

  @TempDir private Path folder;

  @Test
  void withAKeyNothingCanBeReadAndForgeriesAndReplaysChangeNothing() throws Exception {
    var keyFile = folder.resolve("key");
    var profile = Profile.DEFAULT.set("heartbeat.key-file=" + keyFile);
    try (var lab = Lab.open("sealed", (network, files) -> new Directors(network, files, profile))) {
      lab.pair().tool("keygen", keyFile.toString());
      lab.settle();
      var seen = capture(lab, Net.PUBLIC);
      assertThat(seen).isNotEmpty().noneMatch(SealedIT::isReadable);
      assertThat(capture(lab, Net.PRIVATE)).isNotEmpty().noneMatch(SealedIT::isReadable);

      var active = lab.activeNode();
      var start = System.nanoTime();
      var before = rejected(lab, active);
      var standby = active.other();
      var replayed = seen.stream().filter(one -> isFrom(one, standby)).toList();
      assertThat(replayed).isNotEmpty();
      inject(lab, replayed, active);
      inject(lab, replayed.stream().map(SealedIT::altered).toList(), active);
      lab.await(
          "refusals are counted", () -> rejected(lab, active) >= before + 2L * replayed.size());
      assertThat(lab.pair().transitions(start)).isEmpty();
      assertThat(lab.pair().isActive(active)).isTrue();
      assertThat(lab.pair().isReady(standby)).isTrue();
    }
  }

  @Test
  void withoutAKeyTheSamePacketsAreReadableWhichShowsThatTheLookIsSharp() throws IOException {
    var profile = Profile.DEFAULT.set("heartbeat.key-file=none");
    try (var lab = Lab.open("open", (network, files) -> new Directors(network, files, profile))) {
      lab.settle();
      assertThat(capture(lab, Net.PUBLIC)).isNotEmpty().allMatch(SealedIT::isReadable);
      assertThat(lab.pair().log(Node.PRIMARY)).containsIgnoringCase("not sealed");
    }
  }

  private static List<Datagram> capture(Lab<Directors> lab, Net net) throws IOException {
    try (var capture = Capture.start(lab.network(), net, HEARTBEATS)) {
      Waiting.nanos(1_000_000_000L);
      return capture.frames().stream()
          .flatMap(frame -> Datagram.decode(frame.bytes()).stream())
          .toList();
    }
  }

  /** The digest of lvs.cf, which is in each heartbeat, or the name of the program. */
  private static boolean isReadable(Datagram datagram) {
    var text = new String(datagram.payload(), StandardCharsets.ISO_8859_1);
    return text.contains("lvs-director") || isMostlyZero(datagram.payload());
  }

  /** Plain numbers have many zero bytes; a sealed message has about one in 256. */
  private static boolean isMostlyZero(byte[] payload) {
    var zeros = 0;
    for (var octet : payload) {
      zeros += octet == 0 ? 1 : 0;
    }
    return zeros * 4 > payload.length;
  }

  private static boolean isFrom(Datagram datagram, Node node) {
    return datagram.from().equals(Net.PUBLIC.ipv4(node.number()));
  }

  private static Datagram altered(Datagram one) {
    var payload = one.payload().clone();
    payload[payload.length / 2] ^= 1;
    return new Datagram(one.from(), one.to(), one.fromPort(), one.toPort(), payload);
  }

  /** From the client's cable, with the partner's IP address. */
  private static void inject(Lab<Directors> lab, List<Datagram> datagrams, Node to)
      throws IOException {
    var client = lab.network().host(Node.CLIENT);
    var index = client.call(() -> FrameWatch.index(Net.PUBLIC.device()));
    try (var socket = client.call(() -> PacketSocket.open(Libc.system()))) {
      for (var datagram : datagrams) {
        socket.send(
            index,
            datagram.encode(
                MacAddress.of(Net.PUBLIC.mac(Node.CLIENT.number())),
                MacAddress.of(Net.PUBLIC.mac(to.number()))));
      }
    }
  }

  private static long rejected(Lab<Directors> lab, Node node) {
    var links = lab.pair().status(node).path("links");
    return StreamSupport.stream(links.spliterator(), false)
        .mapToLong(link -> link.path("rejected").asLong())
        .sum();
  }
}
