// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.pulse.failover.Cause;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.link.HeartbeatCodec;
import org.lvsdirector.pulse.link.HeartbeatLink;
import org.lvsdirector.pulse.port.OrderOutcome;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.port.RoleListener;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.Refusals;
import org.lvsdirector.pulse.seal.Seal;
import org.lvsdirector.pulse.seal.SealContext;
import org.lvsdirector.pulse.seal.SealFormat;
import org.lvsdirector.pulse.seal.SealKey;
import org.lvsdirector.pulse.seal.SealPolicy;

/** Two whole pulses on loopback, with real channels. */
class PulseTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final VirtualAddress ADDRESS =
      new VirtualAddress(IpAddress.of("127.0.9.1"), 32, "lo", "lo:1");
  private static final VirtualAddress SECOND =
      new VirtualAddress(IpAddress.of("127.0.9.2"), 32, "lo", "lo:2");
  private static final AtomicLong BOOTS = new AtomicLong(1000);

  @TempDir Path folder;
  private final List<Side> sides = new ArrayList<>();
  private Pair pair = pair(0);
  private SealPolicy sealing = SealPolicy.NONE;
  private Ports.@Nullable Lessor witness;

  /** One director: its pulse, its links and what its addresses went through. */
  private final class Side implements VirtualAddresses {
    final List<HeartbeatLink> links;
    final Pulse pulse;
    final List<Transition> journal = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean isRefusing;
    volatile long activeAtNanos;

    Side(Node node, boolean isRefusing) {
      this.isRefusing = isRefusing;
      var settings =
          new PulseSettings(
              node,
              pair,
              List.of(ADDRESS),
              BOOTS.incrementAndGet(),
              "digest",
              sealing,
              folder.resolve(node + ".term"));
      links = Pulse.links(settings);
      pulse = start(settings);
      pulse.fitness(true, "");
      sides.add(this);
    }

    private Pulse start(PulseSettings settings) {
      RoleListener listener = (transition, _) -> noted(transition);
      if (witness == null) {
        return Pulse.start(settings, links, this, listener);
      }
      var policy = Policy.DEFAULT.withWitness(Policy.Witnessing.CLAIM, 3_000_000_000L);
      return Pulse.start(
          settings, this, listener, new Pulse.Around(Ports.NONE.with(witness), policy));
    }

    private void noted(Transition transition) {
      journal.add(transition);
      if (transition.to() == Role.ACTIVE) {
        activeAtNanos = System.nanoTime();
      }
    }

    @Override
    public void acquire(List<VirtualAddress> addresses) throws IOException {
      if (isRefusing) {
        throw new IOException("EPERM");
      }
      calls.add("acquire " + addresses.size());
    }

    @Override
    public void announce(List<VirtualAddress> addresses) {
      calls.add("announce " + addresses.size());
    }

    @Override
    public void fallSilent() {
      calls.add("fall silent");
    }

    @Override
    public void release() {
      calls.add("release");
    }

    Role role() {
      return pulse.status().role();
    }

    /** Falls silent at once, without a goodbye, as after SIGKILL. */
    void die() {
      links.forEach(HeartbeatLink::close);
      pulse.stop(true).join();
    }

    Side becomes(Role role) {
      await().atMost(PATIENCE).until(() -> role() == role);
      return this;
    }
  }

  @BeforeEach
  void choosePort() throws IOException {
    pair = pair(freePort());
  }

  @AfterEach
  void stopAll() {
    sides.forEach(side -> side.pulse.stop(true).join());
  }

  @Test
  void ofTwoThePrimaryBecomesActiveAndBothKnow() {
    var primary = new Side(Node.PRIMARY, false);
    var backup = new Side(Node.BACKUP, false);
    primary.becomes(Role.ACTIVE);
    backup.becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(backup) == Role.ACTIVE);
    await().atMost(PATIENCE).until(() -> partnerRole(primary) == Role.STANDBY);
    assertThat(backup.calls).isEmpty();
    await().atMost(PATIENCE).until(() -> primary.calls.contains("announce 1"));
    assertThat(primary.calls).startsWith("acquire 1", "announce 1");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(primary.pulse.status().links())
                    .hasSize(2)
                    .allMatch(PulseStatus.LinkStatus::isUp)
                    .allMatch(PulseStatus.LinkStatus::isHeardByPartner)
                    .allMatch(
                        link ->
                            link.counters().rejected() == 0 && link.counters().received() > 10));
    var partner = primary.pulse.status().partner();
    assertThat(partner != null && partner.hasSameConfig()).isTrue();
  }

  @Test
  void standbyTakesOverFromADeadPartnerWhichReturnsAsStandby() {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    var diedAt = System.nanoTime();
    primary.die();
    backup.becomes(Role.ACTIVE);
    await().atMost(PATIENCE).until(() -> backup.journal.getLast().to() == Role.ACTIVE);
    System.out.printf(
        "takeover %d ms after the last heartbeat could leave, deadtime %d ms%n",
        (backup.activeAtNanos - diedAt) / 1_000_000, pair.deadtime().toMillis());
    assertThat(backup.journal.stream().map(Transition::cause)).contains(Cause.PARTNER_SILENT);

    var returned = new Side(Node.PRIMARY, false).becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(backup) == Role.STANDBY);
    assertThat(returned.pulse.status().term()).isEqualTo(backup.pulse.status().term());
    await()
        .during(pair.deadtime().multipliedBy(3))
        .atMost(PATIENCE)
        .until(() -> returned.role() == Role.STANDBY && backup.role() == Role.ACTIVE);
  }

  @Test
  void stoppingActiveHandsOverBeforeItEnds() {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(primary) == Role.STANDBY);
    var stoppedAt = System.nanoTime();
    assertThat(primary.pulse.stop(false).join()).isTrue();
    assertThat(primary.calls).contains("release");
    backup.becomes(Role.ACTIVE);
    await().atMost(PATIENCE).until(() -> backup.activeAtNanos != 0);
    System.out.printf(
        "handover on stop took %d ms%n", (backup.activeAtNanos - stoppedAt) / 1_000_000);
    assertThat(backup.journal.stream().map(Transition::cause))
        .contains(Cause.HANDOVER)
        .doesNotContain(Cause.PARTNER_SILENT);
  }

  @Test
  void oneLostLinkMovesNothing() {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    var before = List.copyOf(backup.journal);
    primary.links.getFirst().close();
    await().atMost(PATIENCE).until(() -> !backup.pulse.status().links().getFirst().isUp());
    await()
        .during(pair.deadtime().multipliedBy(2))
        .atMost(PATIENCE)
        .until(() -> backup.role() == Role.STANDBY && primary.role() == Role.ACTIVE);
    assertThat(backup.journal).isEqualTo(before);
    assertThat(backup.pulse.status().links().getLast().isUp()).isTrue();
  }

  @Test
  void whoCannotAcquireLeavesItToThePartner() {
    var primary = new Side(Node.PRIMARY, true);
    var backup = new Side(Node.BACKUP, false);
    backup.becomes(Role.ACTIVE);
    assertThat(primary.calls).contains("release").doesNotContain("announce 1");
    primary.isRefusing = false;
    primary.becomes(Role.STANDBY);
    assertThat(backup.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void unfitActiveHandsOver() {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(primary) == Role.STANDBY);
    primary.pulse.fitness(false, "engine gone");
    backup.becomes(Role.ACTIVE);
    primary.becomes(Role.FAULT);
    assertThat(primary.pulse.status().unfitReason()).isEqualTo("engine gone");
  }

  @Test
  void linkWhoseAddressIsMissingDoesNotStopTheOther() {
    var port = pair.heartbeatPort();
    pair =
        new Pair(
            true,
            List.of(
                pair.links().getFirst(),
                new Pair.Link("lost", IpAddress.of("192.0.2.1"), IpAddress.of("192.0.2.2"))),
            port,
            pair.keepalive(),
            pair.deadtime());
    var primary = new Side(Node.PRIMARY, false);
    var backup = new Side(Node.BACKUP, false);
    primary.becomes(Role.ACTIVE);
    backup.becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(primary) == Role.STANDBY);
    assertThat(primary.pulse.status().links().getLast().isUp()).isFalse();
  }

  @Test
  void strangersAndNoiseAreCountedAndIgnored() throws IOException {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var target = new InetSocketAddress("127.0.0.2", pair.heartbeatPort());
    try (var stranger = new DatagramSocket(new InetSocketAddress("127.0.0.77", 0));
        var partner = new DatagramSocket(new InetSocketAddress("127.0.0.3", 0))) {
      for (var i = 1; i <= 20; i++) {
        stranger.send(new DatagramPacket(new byte[i], i, target));
        partner.send(new DatagramPacket(new byte[i], i, target));
      }
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var counters = primary.pulse.status().links().getFirst().counters();
              assertThat(counters.foreign()).isEqualTo(20);
              assertThat(counters.rejected()).isEqualTo(20 + 20);
            });
    new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(primary) == Role.STANDBY);
  }

  @Test
  void aSealedPairRefusesWhatItsPartnerDidNotSeal() throws IOException {
    sealing = new SealPolicy(keys(1), false);
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(primary) == Role.STANDBY);
    var stop = stopCommand();
    var toPrimary = new SealContext("public", "BACKUP", "PRIMARY");
    var forged = new Seal(toPrimary, keys(1), new byte[SealFormat.SALT_BYTES]).seal(stop, 0, 9, 0);
    forged[forged.length - 1]++;
    var strange = new Seal(toPrimary, keys(2), new byte[SealFormat.SALT_BYTES]).seal(stop, 0, 9, 0);
    var target = new InetSocketAddress("127.0.0.2", pair.heartbeatPort());
    try (var partner = new DatagramSocket(new InetSocketAddress("127.0.0.3", 0))) {
      for (var i = 0; i < 10; i++) {
        for (var packet : List.of(stop, forged, strange)) {
          partner.send(new DatagramPacket(packet, packet.length, target));
        }
      }
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(primary.pulse.status().links().getFirst().counters().refused())
                    .isEqualTo(new Refusals(10, 10, 10, 0)));
    assertThat(primary.journal.stream().map(Transition::cause)).doesNotContain(Cause.TOLD_TO_STOP);
    assertThat(backup.pulse.status().links())
        .allMatch(link -> link.counters().rejected() == 0 && link.counters().lost() == 0);
  }

  @Test
  void theKeyIsReplacedWhileThePairRuns() {
    sealing = new SealPolicy(keys(1), false);
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    for (var step : List.of(keys(1, 2), keys(2, 1), keys(2))) {
      for (var side : List.of(primary, backup)) {
        side.pulse.rekey(step);
        awaitExchange(primary, backup);
      }
    }
    assertThat(primary.pulse.status().links()).allMatch(link -> link.counters().rejected() == 0);
    assertThat(backup.pulse.status().links()).allMatch(link -> link.counters().rejected() == 0);
  }

  @Test
  void aPairGetsItsFirstKeyWithoutLosingSightOfEachOther() {
    sealing = new SealPolicy(keys(1), true);
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    sealing = SealPolicy.NONE;
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    awaitExchange(primary, backup);
    backup.pulse.stop(true).join();
    sealing = new SealPolicy(keys(1), false);
    var sealed = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    awaitExchange(primary, sealed);
    assertThat(primary.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void anOrderedFailoverMovesTheRoleAndTellsSo() {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    var backup = new Side(Node.BACKUP, false).becomes(Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(primary) == Role.STANDBY);
    await().atMost(PATIENCE).until(() -> partnerRole(backup) == Role.ACTIVE);

    assertThat(primary.pulse.order(Input.Order.FAILOVER).join())
        .isEqualTo(new OrderOutcome(true, ""));
    backup.becomes(Role.ACTIVE);
    primary.becomes(Role.STANDBY);
    assertThat(backup.journal.stream().map(Transition::cause)).contains(Cause.HANDOVER);
    assertThat(primary.calls).containsSubsequence("announce 1", "fall silent", "release");

    assertThat(primary.pulse.order(Input.Order.STANDBY).join().isDone()).isTrue();
    primary.becomes(Role.MAINTENANCE);
    await().atMost(PATIENCE).until(() -> partnerRole(backup) == Role.MAINTENANCE);
    var refused = backup.pulse.order(Input.Order.FAILOVER).join();
    assertThat(refused.isDone()).isFalse();
    assertThat(refused.reason()).contains("MAINTENANCE");
    assertThat(backup.role()).isEqualTo(Role.ACTIVE);
    assertThat(primary.pulse.order(Input.Order.ONLINE).join().isDone()).isTrue();
    primary.becomes(Role.STANDBY);
  }

  @Test
  void anOrderToAStoppedPulseEnds() {
    var only = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    only.pulse.stop(true).join();
    assertThat(only.pulse.order(Input.Order.ONLINE).join().isDone()).isFalse();
  }

  @Test
  void newAddressesAreHeldWithoutAChangeOfRole() {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    primary.pulse.reconfigure(List.of(ADDRESS, SECOND), "other");
    await().atMost(PATIENCE).until(() -> primary.calls.contains("announce 2"));
    assertThat(primary.calls).containsSubsequence("acquire 1", "acquire 2", "announce 2");
    assertThat(primary.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void newAddressesThatCannotBeTakenAreTriedAgain() {
    var primary = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    await().atMost(PATIENCE).until(() -> primary.calls.contains("announce 1"));
    primary.isRefusing = true;
    primary.pulse.reconfigure(List.of(ADDRESS, SECOND), "other");
    await().atMost(PATIENCE).until(() -> !primary.pulse.status().isFit());
    assertThat(primary.pulse.status().unfitReason()).contains("EPERM");
    primary.isRefusing = false;
    await().atMost(PATIENCE).until(() -> primary.pulse.status().isFit());
    await().atMost(PATIENCE).until(() -> primary.calls.getLast().equals("announce 2"));
    assertThat(primary.calls).contains("acquire 2").doesNotContain("release");
    assertThat(primary.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void aReloadDuringAClaimTakesNothingBeforeTheClaimIsWon() throws InterruptedException {
    var reloaded = new CountDownLatch(1);
    witness =
        new Ports.Lessor() {
          @Override
          public Ports.Grant ask(long term, boolean isHolding) {
            var pulse = sides.getFirst().pulse;
            pulse.reconfigure(List.of(ADDRESS, SECOND), "other");
            pulse.comeRound().join();
            reloaded.countDown();
            return new Ports.Grant(false, 1_000_000_000L);
          }

          @Override
          public void giveBack(long term) {}
        };
    var only = new Side(Node.PRIMARY, false);
    assertThat(reloaded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    only.becomes(Role.STANDBY);
    assertThat(only.pulse.stop(true).join()).isTrue();
    assertThat(only.journal.stream().map(Transition::to)).contains(Role.CLAIMING);
    assertThat(only.calls).isEmpty();
  }

  @Test
  void withoutAPartnerItServesAtOnce() {
    pair = new Pair(false, pair.links(), pair.heartbeatPort(), pair.keepalive(), pair.deadtime());
    var only = new Side(Node.PRIMARY, false).becomes(Role.ACTIVE);
    assertThat(only.pulse.status().links()).isEmpty();
    assertThat(only.pulse.stop(true).join()).isTrue();
    assertThat(only.calls).containsExactly("acquire 1", "announce 1", "release");
  }

  /** Both hear each other now on both links, and did so for some keepalives. */
  private void awaitExchange(Side one, Side other) {
    var before = List.of(received(one), received(other));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                received(one) > before.getFirst() + 10 && received(other) > before.getLast() + 10);
  }

  private static long received(Side side) {
    return side.pulse.status().links().stream()
        .mapToLong(link -> link.counters().received())
        .min()
        .orElse(0);
  }

  private static KeyRing keys(int... numbers) {
    var keys = new ArrayList<SealKey>();
    for (var number : numbers) {
      var secret = new byte[SealKey.BYTES];
      Arrays.fill(secret, (byte) number);
      keys.add(SealKey.of(secret));
    }
    return new KeyRing(keys);
  }

  /** A heartbeat of the backup that an unsealed primary would obey. */
  private static byte[] stopCommand() {
    return HeartbeatCodec.encode(
        new Heartbeat(
            Node.BACKUP,
            1,
            1,
            99,
            Role.CLAIMING,
            true,
            1,
            3,
            Set.of(Heartbeat.Flag.STOP),
            "digest",
            "",
            0));
  }

  private static @Nullable Role partnerRole(Side side) {
    var partner = side.pulse.status().partner();
    return partner == null ? null : partner.role();
  }

  private static Pair pair(int port) {
    return new Pair(
        true,
        List.of(
            new Pair.Link("public", IpAddress.of("127.0.0.2"), IpAddress.of("127.0.0.3")),
            new Pair.Link("private", IpAddress.of("127.0.1.2"), IpAddress.of("127.0.1.3"))),
        port,
        Duration.ofMillis(50),
        Duration.ofMillis(375));
  }

  private static int freePort() throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
      return socket.getLocalPort();
    }
  }
}
