// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.pulse.Pulse;
import org.lvsdirector.pulse.failover.Cause;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.Refusals;
import org.lvsdirector.pulse.seal.SealContext;
import org.lvsdirector.pulse.seal.SealKey;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.seal.SealedChannel;

/** Commands of somebody who sends from the partner's address, as whole messages of JGroups. */
class ForgedStopTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PRIMARY = "127.0.0.2";
  private static final String BACKUP = "127.0.0.3";
  private static final String LINK = "public";
  private static final SealContext TO_PRIMARY = new SealContext(LINK, "BACKUP", "PRIMARY");
  private static final int TIMES = 10;
  private static final long LATER_TERM = 50;

  @TempDir Path folder;
  private final List<Transition> journal = new CopyOnWriteArrayList<>();
  private int port;
  private long sequence;
  private @Nullable Pulse pulse;

  @AfterEach
  void stop() {
    if (pulse != null) {
      pulse.stop(true).join();
    }
  }

  @Test
  void withoutAKeyTheCommandIsObeyedWhichShowsThatItIsOne() throws IOException {
    var active = active(SealPolicy.NONE);
    try (var intruder = intruder(SealPolicy.NONE, TO_PRIMARY)) {
      intruder.send(stopCommand(active));
      await().atMost(PATIENCE).until(() -> hasObeyed());
    }
  }

  @Test
  void unsealedWithAnotherKeyAndForAnotherLinkCommandsChangeNothingAndAreCounted()
      throws IOException {
    var active = active(sealing(1));
    var before = List.copyOf(journal);
    var elsewhere = new SealContext("private", "BACKUP", "PRIMARY");
    try (var unsealed = intruder(SealPolicy.NONE, TO_PRIMARY);
        var strange = intruder(sealing(2), TO_PRIMARY);
        var forged = intruder(sealing(1), elsewhere)) {
      for (var i = 0; i < TIMES; i++) {
        for (var link : List.of(unsealed, strange, forged)) {
          link.send(stopCommand(active));
          link.send(handover(active));
        }
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(refusals(active))
                      .isEqualTo(new Refusals(2 * TIMES, 2 * TIMES, 2 * TIMES, 0)));
    }
    assertThat(active.status().partner()).as("nobody was heard").isNull();
    assertThat(active.status().role()).isEqualTo(Role.ACTIVE);
    assertThat(journal).isEqualTo(before);
  }

  @Test
  void aCommandThatWasObeyedOnceIsRefusedWhenItIsReplayed() throws IOException {
    port = freePort(PRIMARY);
    var recorded = recordedStop();
    var active = active(sealing(1));
    send(recorded, 1);
    await().atMost(PATIENCE).until(() -> hasObeyed());
    await().atMost(PATIENCE).until(() -> active.status().role() == Role.ACTIVE);
    await().atMost(PATIENCE).until(() -> journal.getLast().to() == Role.ACTIVE);
    var changes = journal.size();
    send(recorded, TIMES);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(refusals(active)).isEqualTo(new Refusals(0, 0, 0, TIMES)));
    assertThat(active.status().role()).isEqualTo(Role.ACTIVE);
    assertThat(journal).hasSize(changes);
  }

  private boolean hasObeyed() {
    return journal.stream().anyMatch(change -> change.cause() == Cause.TOLD_TO_STOP);
  }

  /** A primary that is active, since its partner is silent. */
  private Pulse active(SealPolicy sealing) throws IOException {
    port = port == 0 ? freePort(PRIMARY) : port;
    var pair =
        new Pair(
            true,
            List.of(new Pair.Link(LINK, IpAddress.of(PRIMARY), IpAddress.of(BACKUP))),
            port,
            Duration.ofMillis(50),
            Duration.ofMillis(375));
    var settings =
        new PulseSettings(
            Node.PRIMARY, pair, List.of(), 1, "digest", sealing, folder.resolve("term"));
    var started =
        Pulse.start(
            settings, Pulse.links(settings), new Nothing(), (change, _) -> journal.add(change));
    pulse = started;
    started.fitness(true, "");
    await().atMost(PATIENCE).until(() -> started.status().role() == Role.ACTIVE);
    await()
        .atMost(PATIENCE)
        .until(() -> !journal.isEmpty() && journal.getLast().to() == Role.ACTIVE);
    return started;
  }

  private JGroupsLink intruder(SealPolicy sealing, SealContext conversation) throws IOException {
    return open(
        new Endpoint(IpAddress.of(PRIMARY), port), new SealedChannel(sealing, conversation));
  }

  private static JGroupsLink open(Endpoint target, SealedChannel guard) throws IOException {
    var link =
        new JGroupsLink(LINK, new Endpoint(IpAddress.of(BACKUP), freePort(BACKUP)), target, guard);
    link.open((_, _, _) -> {});
    return link;
  }

  /** What the partner sealed, with the right key and for the primary, as it passed. */
  private byte[] recordedStop() throws IOException {
    try (var tap = new DatagramSocket(new InetSocketAddress(PRIMARY, port));
        var partner = intruder(sealing(1), TO_PRIMARY)) {
      partner.send(says(Role.CLAIMING, LATER_TERM, Flag.STOP));
      var packet = new DatagramPacket(new byte[2000], 2000);
      tap.setSoTimeout((int) PATIENCE.toMillis());
      tap.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  private void send(byte[] bytes, int times) throws IOException {
    try (var socket = new DatagramSocket(new InetSocketAddress(BACKUP, 0))) {
      for (var i = 0; i < times; i++) {
        socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(PRIMARY, port)));
      }
    }
  }

  private byte[] stopCommand(Pulse active) {
    return says(Role.CLAIMING, active.status().term() + 1, Flag.STOP);
  }

  private byte[] handover(Pulse active) {
    return says(Role.STANDBY, active.status().term(), Flag.REQUESTS);
  }

  private byte[] says(Role role, long term, Flag flag) {
    return HeartbeatCodec.encode(
        new Heartbeat(
            Node.BACKUP,
            77,
            ++sequence,
            term,
            role,
            true,
            1,
            1,
            EnumSet.of(flag),
            "digest",
            "",
            0));
  }

  private static Refusals refusals(Pulse pulse) {
    return pulse.status().links().getFirst().counters().refused();
  }

  private static SealPolicy sealing(int number) {
    var secret = new byte[SealKey.BYTES];
    Arrays.fill(secret, (byte) number);
    return new SealPolicy(new KeyRing(List.of(SealKey.of(secret))), false);
  }

  private static int freePort(String address) throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getByName(address))) {
      return socket.getLocalPort();
    }
  }

  /** Addresses of nobody. */
  private static final class Nothing implements VirtualAddresses {
    @Override
    public void acquire(List<VirtualAddress> addresses) {}

    @Override
    public void announce(List<VirtualAddress> addresses) {}

    @Override
    public void release() {}
  }
}
