// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.FAULT;
import static org.lvsdirector.config.Role.MAINTENANCE;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.STARTING;
import static org.lvsdirector.config.Role.YIELDING;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;

/** Taking over, two active nodes, and the way out. */
class FailoverTest {

  // ---- takeover ---------------------------------------------------------------------------------

  @Test
  void standbyTakesOverAfterDeadtime() {
    var node = Bench.standby(BACKUP);
    assertThat(node.wakeAtMillis()).isEqualTo(1750);
    assertThat(node.at(1749).wake().role()).isEqualTo(STANDBY);
    assertThat(node.at(1750).wake().role()).isEqualTo(CLAIMING);
    assertThat(node.journal.getLast())
        .hasToString(
            "role STANDBY->CLAIMING cause=partner-silent for=750ms links=public,private term=6");
  }

  @Test
  void aClaimPersistsTheTermThenAcquiresThenIsActiveThenAnnounces() {
    var node = Bench.standby(BACKUP).at(1750).wake();
    assertThat(node.kinds()).containsExactly("PersistTerm", "ProbeAddresses", "HeartbeatNow");
    assertThat(node.effects)
        .contains(new Effect.PersistTerm(node.idOf(Effect.PersistTerm.class), 6, false));
    assertThat(node.state.term()).as("not used before it is persisted").isEqualTo(5);
    node.persisted();
    assertThat(node.kinds()).containsExactly("StopPartner", "Acquire", "HeartbeatNow");
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.state.term()).isEqualTo(6);
    node.acquired();
    assertThat(node.kinds()).containsExactly("Announce", "HeartbeatNow");
    assertThat(node.role()).isEqualTo(ACTIVE);
  }

  @Test
  void heartbeatOnOneLinkIsEnough() {
    var node = Bench.standby(BACKUP);
    for (var millis = 1700; millis < 9000; millis += 700) {
      node.at(millis).hears(1, node.says(ACTIVE, 5));
      assertThat(node.role()).isEqualTo(STANDBY);
    }
    assertThat(node.at(9450).wake().role()).as("silent on both").isEqualTo(CLAIMING);
  }

  @Test
  void aFullDiskDoesNotStopATakeover() {
    var node = Bench.standby(BACKUP).at(1750).wake().failed(Effect.PersistTerm.class);
    assertThat(node.kinds()).contains("Acquire");
  }

  @Test
  void aHangingDiskDoesNotStopATakeover() {
    var node = Bench.standby(BACKUP).at(1750).wake();
    assertThat(node.wakeAtMillis()).isEqualTo(1950);
    assertThat(node.at(1950).wake().kinds()).contains("Acquire");
  }

  @Test
  void leavingPartnerIsReplacedWithoutWaiting() {
    var node = Bench.standby(BACKUP);
    assertThat(node.at(1010).hears(0, node.leaving(ACTIVE, 5)).role()).isEqualTo(STANDBY);
    assertThat(node.at(1020).hears(0, node.leaving(YIELDING, 5)).role()).isEqualTo(STANDBY);
    assertThat(node.at(1030).hears(0, node.leaving(STANDBY, 5)).role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_LEAVING);
  }

  @Test
  void partnerInMaintenanceOrFaultIsReplacedAtOnce() {
    for (var role : List.of(FAULT, MAINTENANCE)) {
      assertThat(Bench.standby(BACKUP).at(1010).hears(role, 5).role()).isEqualTo(CLAIMING);
    }
  }

  @Test
  void partnerThatCannotGiveUpIsReplacedAfterDeadtime() {
    var node = Bench.standby(BACKUP);
    for (var millis = 1100; millis <= 1800; millis += 100) {
      assertThat(node.at(millis).hears(YIELDING, 5).role()).isEqualTo(STANDBY);
    }
    assertThat(node.at(1850).hears(YIELDING, 5).role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_STUCK);
  }

  @Test
  void activePartnerThatRestartsIsReplacedDeadtimeAfterItsLastWordAsActive() {
    var node =
        Bench.standby(BACKUP).at(1400).hears(0, Bench.standby(BACKUP).ofBoot(78, 1, STARTING, 0));
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).isEqualTo(1750);
    assertThat(node.at(1750).wake().role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_RESTARTED);
  }

  @Test
  void thePrimaryThatReturnsStaysStandby() {
    var node = Bench.started(PRIMARY);
    for (var millis = 10; millis < 60_000; millis += 500) {
      node.at(millis).hears(ACTIVE, 6).at(millis + 400).wake();
      assertThat(node.role()).isEqualTo(STANDBY);
    }
    assertThat(node.journal).hasSize(1);
  }

  @Test
  void unfitStandbyNeverClaims() {
    var node = Bench.standby(BACKUP).at(1100).fit(false);
    assertThat(node.role()).isEqualTo(FAULT);
    assertThat(node.at(9000).wake().role()).isEqualTo(FAULT);
  }

  // ---- both active ------------------------------------------------------------------------------

  @Test
  void ofTwoActiveTheUnfitYields() {
    var node = Bench.active(PRIMARY).at(2010).fit(false);
    assertThat(node.role()).as("hands over to the fit standby").isEqualTo(YIELDING);
    var alone = Bench.started(PRIMARY).at(750).wake().persisted().acquired().at(900).fit(false);
    assertThat(alone.role()).as("half a service is better than none").isEqualTo(ACTIVE);
    assertThat(alone.at(950).hears(ACTIVE, 1).cause()).isEqualTo(Cause.OUTRANKED_BY_FITNESS);
  }

  @Test
  void ofTwoActiveTheLaterTermStays() {
    var loser = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 5);
    assertThat(loser.cause()).isEqualTo(Cause.OUTRANKED_BY_TERM);
    assertThat(loser.kinds()).containsExactly("Release", "HeartbeatNow");
    var winner = Bench.active(BACKUP).at(2010).hears(ACTIVE, 3);
    assertThat(winner.role()).isEqualTo(ACTIVE);
    assertThat(winner.kinds()).containsExactly("Announce", "HeartbeatNow");
  }

  @Test
  void ofTwoActiveWithTheSameTermThePrimaryStays() {
    assertThat(Bench.active(PRIMARY).at(2010).hears(ACTIVE, 4).role()).isEqualTo(ACTIVE);
    assertThat(Bench.active(BACKUP).at(2010).hears(ACTIVE, 4).cause())
        .isEqualTo(Cause.OUTRANKED_BY_CONFIGURATION);
    var offered = Bench.active(BACKUP).at(2010);
    assertThat(offered.hears(0, offered.flagged(ACTIVE, 4, Flag.OFFERS)).role())
        .isEqualTo(YIELDING);
  }

  @Test
  void theWinnerAnnouncesAgainWhenTheLoserHasReleased() {
    var node = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 4);
    assertThat(node.at(2020).hears(ACTIVE, 4).kinds()).as("the same news").isEmpty();
    assertThat(node.at(2030).hears(YIELDING, 4).kinds()).containsExactly("Announce");
    assertThat(node.at(2040).hears(STANDBY, 4).kinds()).containsExactly("Announce");
    assertThat(node.at(2050).hears(STANDBY, 4).kinds()).isEmpty();
  }

  @Test
  void theLoserReleasesAndStaysStandby() {
    var node = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 5);
    assertThat(node.role()).isEqualTo(YIELDING);
    node.at(2020).released();
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.state.term()).isEqualTo(5);
  }

  @Test
  void activeNodeTellsAClaimantAtOnce() {
    var node = Bench.active(PRIMARY).at(2010).hears(CLAIMING, 5);
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.kinds()).containsExactly("HeartbeatNow");
  }

  @Test
  void claimantStopsWhenThePartnerIsActive() {
    var node = Bench.standby(BACKUP).at(1750).wake();
    assertThat(node.at(1760).hears(ACTIVE, 5).role()).as("nothing acquired yet").isEqualTo(STANDBY);
    var later = Bench.standby(BACKUP).at(1750).wake().persisted();
    assertThat(later.at(1760).hears(ACTIVE, 5).role())
        .as("it hears this node, so it obeys the stop command")
        .isEqualTo(CLAIMING);
    assertThat(later.hears(0, later.deaf(ACTIVE, 5)).role()).isEqualTo(YIELDING);
    assertThat(later.has(Effect.Release.class)).isTrue();
    var equal = Bench.standby(BACKUP).at(1750).wake().persisted().at(1760).hears(ACTIVE, 6);
    assertThat(equal.role()).as("no later term than its own").isEqualTo(YIELDING);
  }

  @Test
  void ofTwoClaimantsThePrimaryGoesOn() {
    var primary = Bench.started(PRIMARY).at(750).wake().persisted();
    assertThat(primary.at(760).hears(CLAIMING, 4).role()).isEqualTo(CLAIMING);
    var backup = Bench.started(BACKUP).at(750).wake().persisted();
    assertThat(backup.at(760).hears(CLAIMING, 4).role()).isEqualTo(YIELDING);
  }

  // ---- stop -------------------------------------------------------------------------------------

  @Test
  void activeNodeThatStopsHandsOverThenReleasesThenEnds() {
    var node = Bench.active(PRIMARY).at(2010).stop(false);
    assertThat(node.role()).as("make before break").isEqualTo(ACTIVE);
    assertThat(node.told().flags()).contains(Flag.LEAVING, Flag.OFFERS);
    assertThat(node.at(2020).hears(CLAIMING, 5).role()).isEqualTo(ACTIVE);
    assertThat(node.at(2030).hears(ACTIVE, 5).role()).isEqualTo(YIELDING);
    assertThat(node.cause()).isEqualTo(Cause.HANDED_OVER);
    assertThat(node.at(2035).released().kinds())
        .containsExactly("HeartbeatNow", "PersistTerm", "Stopped");
    assertThat(node.at(2036).wake().effects).as("nothing follows").isEmpty();
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
  }

  @Test
  void activeNodeThatStopsReleasesWhenAFitPartnerRefuses() {
    var node = Bench.active(PRIMARY).at(2010).stop(false);
    node.at(2020).hears(0, node.flagged(STANDBY, 0, Flag.REFUSES));
    assertThat(node.role()).as("it takes over soon in any case").isEqualTo(YIELDING);
    node.at(2025).released();
    assertThat(node.kinds()).containsExactly("HeartbeatNow");
    assertThat(node.wakeAtMillis()).isEqualTo(2525);
    assertThat(node.at(2525).wake().effects).contains(new Effect.Stopped(true));
  }

  @Test
  void withoutAFitPartnerAStopKeepsTheAddressesUnlessTold() {
    var keeps = Bench.active(PRIMARY).at(9000).stop(false);
    assertThat(keeps.kinds()).containsExactly("Stopped");
    assertThat(keeps.effects).contains(new Effect.Stopped(false));
    var releases = Bench.active(PRIMARY).at(9000).stop(true);
    assertThat(releases.kinds()).contains("Release");
    assertThat(releases.released().effects).contains(new Effect.Stopped(true));
  }

  @ParameterizedTest
  @EnumSource(Node.class)
  void idleNodeThatStopsSaysGoodbyeAndEnds(Node node) {
    assertThat(Bench.standby(node).at(1100).stop(true).kinds())
        .containsExactly("HeartbeatNow", "Stopped");
    assertThat(Bench.started(node).stop(false).kinds()).containsExactly("HeartbeatNow", "Stopped");
  }

  @Test
  void claimantThatStopsReleases() {
    var node = Bench.started(PRIMARY).at(750).wake().persisted().at(760).stop(false);
    assertThat(node.kinds()).contains("Release");
    assertThat(node.released().has(Effect.Stopped.class)).isTrue();
    var early = Bench.started(PRIMARY).at(750).wake().at(760).stop(false);
    assertThat(early.effects).as("nothing acquired yet").contains(new Effect.Stopped(true));
  }

  @Test
  void stopEndsEvenWhenReleaseFailsOrHangs() {
    var fails = Bench.active(PRIMARY).at(9000).stop(true).failed(Effect.Release.class);
    assertThat(fails.effects).contains(new Effect.Stopped(false));
    assertThat(Bench.active(PRIMARY).at(9000).stop(true).wakeAtMillis()).isEqualTo(19_000);
    var hangs = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 5).at(2020).stop(false);
    assertThat(hangs.wakeAtMillis()).isEqualTo(12_020);
    assertThat(hangs.at(12_020).wake().effects).contains(new Effect.Stopped(false));
  }

  @Test
  void handsOverOnlyToAFitStandby() {
    for (var role : Role.values()) {
      var node = Bench.started(PRIMARY).at(750).wake().persisted().acquired().at(900);
      node.hears(0, node.unfit(role, 0)).at(910).fit(false);
      assertThat(node.role()).as("unfit %s", role).isEqualTo(ACTIVE);
    }
    var node = Bench.active(PRIMARY).at(2010);
    node.hears(0, node.leaving(STANDBY, 0)).fit(false);
    assertThat(node.role()).as("leaving").isEqualTo(ACTIVE);
  }

  @Test
  void everyRowOfTheTableIsDifferent() {
    assertThat(TransitionTable.ROWS.stream().map(row -> row.from() + ">" + row.to()))
        .doesNotHaveDuplicates();
  }
}
