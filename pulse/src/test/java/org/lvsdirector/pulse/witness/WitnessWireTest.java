// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Arbitration;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Failback;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealKey;
import org.lvsdirector.pulse.seal.SealPolicy;

/** A witness and its clients over real sockets. */
class WitnessWireTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final IpAddress HOST = IpAddress.of("127.0.0.1");
  private static final Duration DEADTIME = Duration.ofMillis(1_500);

  private final List<WitnessServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(WitnessServer::close);
  }

  @Test
  void theLeaseIsOneNodesUntilItGivesItBack() throws IOException {
    var server = start(0, sealing(1));
    var primary = client(server, Node.PRIMARY, sealing(1));
    var backup = client(server, Node.BACKUP, sealing(1));

    assertThat(primary.ask(1, true).isGranted()).isTrue();
    var refused = backup.ask(2, false);
    assertThat(refused.isGranted()).isFalse();
    assertThat(refused.forNanos()).isBetween(1L, DEADTIME.toNanos());
    assertThat(primary.ask(1, true)).isEqualTo(new Ports.Grant(true, DEADTIME.toNanos()));

    primary.giveBack(1);
    assertThat(backup.ask(2, false).isGranted()).isTrue();
    assertThat(primary.ask(1, true).isGranted()).isFalse();
  }

  @Test
  void aLeaseThatIsNotRenewedEnds() throws IOException {
    var server = start(0, SealPolicy.NONE);
    var backup = client(server, Node.BACKUP, SealPolicy.NONE);
    assertThat(client(server, Node.PRIMARY, SealPolicy.NONE).ask(1, true).isGranted()).isTrue();
    await().atMost(PATIENCE).until(() -> backup.ask(2, false).isGranted());
  }

  @Test
  void aWitnessThatHasForgottenGrantsNothingToAClaimantAtFirst() throws IOException {
    var server = start(0, sealing(1));
    var primary = client(server, Node.PRIMARY, sealing(1));
    var backup = client(server, Node.BACKUP, sealing(1));
    assertThat(primary.ask(1, true).isGranted()).isTrue();
    var port = server.port();
    server.close();
    assertThatThrownBy(() -> primary.ask(1, true)).hasMessageContaining("does not answer");

    start(port, sealing(1));
    assertThat(backup.ask(2, false).isGranted()).isFalse();
    assertThat(primary.ask(1, true).isGranted()).isTrue();
  }

  @Test
  void whoHasNoKeyGetsNoAnswer() throws IOException {
    var server = start(0, sealing(1));
    for (var sealing : List.of(SealPolicy.NONE, sealing(2))) {
      var stranger = client(server, Node.BACKUP, sealing);
      assertThatThrownBy(() -> stranger.ask(9, true)).hasMessageContaining("does not answer");
    }
    assertThat(client(server, Node.PRIMARY, sealing(1)).ask(1, true).isGranted()).isTrue();
  }

  @Test
  void eachKeyOfTheFileIsAnsweredByItself() throws IOException {
    var keys = new ArrayList<>(keys(1).keys());
    keys.addAll(keys(2).keys());
    var server = start(0, new SealPolicy(new KeyRing(keys), false));
    var one = client(server, Node.PRIMARY, sealing(1));
    var other = client(server, Node.BACKUP, sealing(2));
    assertThat(one.ask(1, true).isGranted()).isTrue();
    assertThat(other.ask(2, false).isGranted()).isFalse();
    server.reseal(sealing(2));
    assertThatThrownBy(() -> one.ask(1, true)).hasMessageContaining("does not answer");
    assertThat(other.ask(2, true).isGranted()).isFalse();
  }

  @Test
  void noiseIsIgnored() throws IOException {
    var server = start(0, SealPolicy.NONE);
    try (var socket = new DatagramSocket()) {
      var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
      for (var length = 0; length < 300; length++) {
        socket.send(new DatagramPacket(new byte[length], length, target));
      }
    }
    assertThat(client(server, Node.PRIMARY, SealPolicy.NONE).ask(1, true).isGranted()).isTrue();
  }

  private WitnessServer start(int port, SealPolicy sealing) throws IOException {
    var server = WitnessServer.start(new Endpoint(HOST, port), sealing);
    servers.add(server);
    return server;
  }

  private static WitnessClient client(WitnessServer server, Node node, SealPolicy sealing) {
    var link = new Pair.Link("public", IpAddress.of("127.0.0.2"), IpAddress.of("127.0.0.3"));
    var arbitration = new Arbitration(List.of(), new Endpoint(HOST, server.port()), Failback.NONE);
    var pair = new Pair(true, List.of(link), 5390, Duration.ofMillis(200), DEADTIME, arbitration);
    var settings =
        new PulseSettings(node, pair, List.of(), 1, "digest", sealing, Path.of("unused"));
    return Objects.requireNonNull(WitnessClient.of(settings));
  }

  private static SealPolicy sealing(int number) {
    return new SealPolicy(keys(number), false);
  }

  private static KeyRing keys(int number) {
    var secret = new byte[SealKey.BYTES];
    Arrays.fill(secret, (byte) number);
    return new KeyRing(List.of(SealKey.of(secret)));
  }
}
