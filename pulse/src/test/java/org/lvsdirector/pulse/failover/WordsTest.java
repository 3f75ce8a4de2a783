// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** What is said to people and to the partner, and what settings mean. */
class WordsTest {

  // ---- the journal ---------------------------------------------------------------------------

  @Test
  void takeoverSaysHowLongItTook() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted().at(1790).acquired();
    assertThat(node.journal.getLast())
        .hasToString("role CLAIMING->ACTIVE cause=acquired took=40ms term=6");
  }

  @Test
  void failedTakeoverSaysWhyAndWhenItIsTriedAgain() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted().failed(Effect.Acquire.class);
    assertThat(node.journal.getLast())
        .hasToString(
            "role CLAIMING->YIELDING cause=acquire-failed reason=EPERM retry-in=750ms term=6");
  }

  @Test
  void unfitNodeSaysWhy() {
    var node = Bench.standby(BACKUP).at(1100).fit(false);
    assertThat(node.journal.getLast())
        .hasToString("role STANDBY->FAULT cause=unfit reason=engine gone term=5");
    assertThat(node.kinds()).contains("HeartbeatNow");
  }

  @Test
  void claimOnThePartnersWordSaysTheWord() {
    var node = Bench.standby(BACKUP);
    node.at(1010).hears(0, node.unfit(Role.FAULT, 5));
    assertThat(node.journal.getLast())
        .hasToString(
            "role STANDBY->CLAIMING cause=partner-unfit partner=FAULT partner-fit=no"
                + " partner-term=5 term=6");
    var fit = Bench.standby(BACKUP).at(1010).hears(Role.MAINTENANCE, 5);
    assertThat(fit.journal.getLast().toString()).contains("partner-fit=yes");
  }

  @Test
  void lostLeaseSaysHowLongAllWasSilent() {
    var strict = Policy.DEFAULT.withWitness(Witnessing.STRICT, 3000 * Bench.MS);
    var node = Bench.active(PRIMARY, strict).at(3450).wake();
    assertThat(node.journal.getLast())
        .hasToString("role ACTIVE->YIELDING cause=lease-lost silent-for=1450ms term=4");
  }

  // ---- what is told at once ------------------------------------------------------------------

  @Test
  void startAndChangesOfFitnessAndOfReachAreToldAtOnce() {
    var targets = Policy.DEFAULT.withTargets();
    var start =
        Failover.step(
            Bench.started(PRIMARY).settings,
            State.initial(Bench.started(PRIMARY).settings),
            new Input.Started(0, 3));
    assertThat(start.effects()).containsExactly(new Effect.HeartbeatNow());
    assertThat(Bench.standby(BACKUP, targets).at(1100).targets(false).kinds())
        .containsExactly("HeartbeatNow");
    assertThat(Bench.active(PRIMARY).at(9000).fit(false).kinds()).contains("HeartbeatNow");
    assertThat(Bench.active(PRIMARY).at(2010).fit(true).kinds()).isEmpty();
  }

  @Test
  void startedReceiverAndActiveSenderOfConnections() {
    var sync = Policy.DEFAULT.withSync();
    var settings = Bench.standby(BACKUP, sync).settings;
    var start = Failover.step(settings, State.initial(settings), new Input.Started(0, 3));
    assertThat(start.effects()).contains(new Effect.SyncRole(1, false));
    var active = Bench.started(PRIMARY, sync).at(750).wake().persisted().acquired();
    assertThat(active.effects)
        .contains(new Effect.SyncRole(active.idOf(Effect.SyncRole.class), true));
  }

  @Test
  void unfitNodeThatStopsSaysGoodbye() {
    var fault = Bench.standby(BACKUP).at(1100).fit(false).stop(false);
    assertThat(fault.kinds()).containsExactly("HeartbeatNow", "Stopped");
  }

  @Test
  void releaseIsNotTakenBack() {
    var node = Bench.active(PRIMARY).at(2010).stop(true).stop(false);
    assertThat(node.at(9000).wake().has(Effect.Release.class)).isTrue();
    var keeps = Bench.active(PRIMARY).at(2010).stop(false).stop(false);
    assertThat(keeps.at(9000).wake().effects).contains(new Effect.Stopped(false));
  }

  @Test
  void stopIsNotTakenBackAndCanBecomeARelease() {
    var node = Bench.active(PRIMARY).at(2010).stop(false).stop(true);
    assertThat(node.state.progress().stop()).isNotNull();
    assertThat(node.state.isStopping()).isTrue();
    node.at(9000).wake();
    assertThat(node.has(Effect.Release.class)).as("nobody took it").isTrue();
    assertThat(Bench.active(PRIMARY).state.isStopping()).isFalse();
  }

  @Test
  void textsAreCutAndMadePrintable() {
    var word = heartbeat("a\nb\u007f~ ", "x".repeat(121));
    assertThat(word.configDigest()).isEqualTo("a?b?~ ");
    assertThat(word.reason()).hasSize(Heartbeat.MAX_TEXT);
    assertThat(heartbeat("", "y".repeat(120)).reason()).hasSize(120);
    assertThat(heartbeat("\n", "ü")).extracting("configDigest", "reason").containsExactly("?", "?");
  }

  private static Heartbeat heartbeat(String digest, String reason) {
    return new Heartbeat(PRIMARY, 1, 1, 1, Role.ACTIVE, true, 0, 0, Set.of(), digest, reason, 0);
  }

  // ---- settings ------------------------------------------------------------------------------

  private static Settings settings(int links, long keepalive, long deadtime) {
    return new Settings(
        Node.PRIMARY,
        true,
        java.util.Collections.nCopies(links, "link"),
        keepalive * Bench.MS,
        deadtime * Bench.MS);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThat(settings(16, 1, 2).links()).hasSize(16);
    assertThatThrownBy(() -> settings(17, 1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(1, 2, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Policy.DEFAULT.withWitness(Witnessing.CLAIM, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Policy.DEFAULT.withFailback(-1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Policy.DEFAULT.withFailback(0, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Policy.DEFAULT.withFailback(0, 0).failback().isWanted()).isTrue();
    var none = Policy.DEFAULT.failback();
    assertThatThrownBy(() -> new Policy(false, Witnessing.NONE, 1, false, none, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timesFollowKeepaliveAndDeadtime() {
    var slow = settings(1, 1000, 3500);
    assertThat(slow.evidenceNanos()).isEqualTo(200 * Bench.MS);
    var fast = settings(1, 20, 70);
    assertThat(fast.evidenceNanos()).isEqualTo(40 * Bench.MS);
    assertThat(fast.with(Policy.DEFAULT.withTargets()).evidenceNanos()).isEqualTo(100 * Bench.MS);
    var witnessed = Policy.DEFAULT.withWitness(Witnessing.CLAIM, 1);
    assertThat(fast.with(witnessed).evidenceNanos()).isEqualTo(100 * Bench.MS);
    assertThat(fast.beaconNanos()).isEqualTo(30 * Bench.MS);
    assertThat(slow.beaconNanos()).isEqualTo(1500 * Bench.MS);
    assertThat(settings(1, 100, 750).beaconNanos()).isEqualTo(250 * Bench.MS);
    assertThat(settings(1, 100, 750).incarnationNanos()).isEqualTo(150 * Bench.MS);
    assertThat(settings(1, 100, 200).incarnationNanos()).isEqualTo(100 * Bench.MS);
  }

  @Test
  void thePrimaryIsPreferred() {
    assertThat(Bench.standby(PRIMARY).told().priority()).isZero();
    assertThat(Bench.standby(BACKUP).told().priority()).isEqualTo(1);
    assertThat(List.of(Bench.standby(BACKUP).told().node())).containsExactly(BACKUP);
  }

  // ---- words of the code -----------------------------------------------------------------------

  @Test
  void theCoreHasOneWordForNever() throws IOException {
    var folder = Path.of("src/main/java/org/lvsdirector/pulse/failover");
    try (var files = Files.list(folder)) {
      assertThat(files.filter(WordsTest::saysIt).map(file -> file.getFileName().toString()))
          .containsExactly("Moment.java");
    }
  }

  private static boolean saysIt(Path file) {
    try {
      return Files.readString(file).contains("Long.MAX_VALUE");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
