// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.STARTING;
import static org.lvsdirector.config.Role.YIELDING;

import org.junit.jupiter.api.Test;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;

/** Starting again with the addresses in place, stalls, stop commands, rivals, errands. */
class RestartTest {

  // ---- addresses found in place --------------------------------------------------------------

  @Test
  void processThatFindsItsAddressesListensThenResumesAndAnnounces() {
    var node = Bench.inPlace(BACKUP);
    assertThat(node.told().flags()).contains(Flag.HOLDING);
    node.at(700).hears(STANDBY, 3);
    assertThat(node.at(749).wake().role()).isEqualTo(STARTING);
    assertThat(node.at(750).wake().role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.RESUMED);
    node.persisted().acquired();
    assertThat(node.kinds()).containsExactly("Announce", "HeartbeatNow");
    assertThat(node.state.term()).isEqualTo(4);
    assertThat(node.told().has(Flag.HOLDING)).isFalse();
  }

  @Test
  void partnerLeavesAProcessThatResumesItsTime() {
    var node = Bench.standby(BACKUP);
    node.at(1400).hears(0, resuming(node));
    assertThat(node.wakeAtMillis()).as("silence from then on").isEqualTo(2150);
    node.at(1750).wake();
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  private static Heartbeat resuming(Bench node) {
    return new Heartbeat(
        node.settings.node().partner(),
        78,
        1,
        5,
        STARTING,
        true,
        0,
        3,
        java.util.Set.of(Flag.HOLDING),
        "digest",
        "",
        0);
  }

  @Test
  void addressesInPlaceAreReleasedWhenThePartnerWentOn() {
    for (var role : java.util.List.of(ACTIVE, CLAIMING)) {
      var node = Bench.inPlace(PRIMARY).at(20).hears(role, 4);
      assertThat(node.role()).isEqualTo(YIELDING);
      assertThat(node.cause()).isEqualTo(Cause.PARTNER_ACTIVE);
      assertThat(node.has(Effect.Release.class)).isTrue();
      assertThat(node.released().role()).isEqualTo(STANDBY);
    }
    var newer = Bench.inPlace(PRIMARY).at(20).hears(STANDBY, 4);
    assertThat(newer.cause()).as("a newer term was heard").isEqualTo(Cause.OUTRANKED_BY_TERM);
  }

  @Test
  void unfitProcessReleasesWhatItFound() {
    var node = Bench.inPlace(PRIMARY).at(10).fit(false).at(750).wake();
    assertThat(node.role()).isEqualTo(YIELDING);
    assertThat(node.cause()).isEqualTo(Cause.UNFIT);
  }

  @Test
  void processThatStopsBeforeItResumesKeepsWhatItFoundUnlessTold() {
    assertThat(Bench.inPlace(PRIMARY).at(10).stop(false).effects)
        .contains(new Effect.Stopped(false));
    assertThat(Bench.inPlace(PRIMARY).at(10).stop(true).cause()).isEqualTo(Cause.STOP_REQUESTED);
  }

  @Test
  void resumptionThatEndsEarlyReleases() {
    var node = Bench.inPlace(PRIMARY).at(750).wake();
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.at(760).hears(ACTIVE, 9).role()).isEqualTo(YIELDING);
    assertThat(node.has(Effect.Release.class)).isTrue();
  }

  // ---- stalls --------------------------------------------------------------------------------

  @Test
  void activeNodeThatStalledAnnouncesWhenNobodyElseIsActive() {
    var node = Bench.active(PRIMARY).at(9000).stalled(7000);
    assertThat(node.wakeAtMillis()).isEqualTo(9200);
    assertThat(node.at(9100).hears(STANDBY, 4).kinds()).doesNotContain("Announce");
    assertThat(node.at(9199).wake().kinds()).doesNotContain("Announce", "Beacon");
    assertThat(node.at(9200).wake().kinds()).contains("Announce");
    assertThat(node.at(9250).wake().kinds()).doesNotContain("Announce");
    var alone = Bench.active(PRIMARY).at(9000).stalled(7000).at(9200).wake();
    assertThat(alone.kinds()).containsExactly("Announce", "Beacon");
  }

  @Test
  void activeNodeThatWasReplacedWhileItStalledYieldsWithoutAnnouncing() {
    var node = Bench.active(PRIMARY).at(9000).stalled(7000).at(9050).hears(ACTIVE, 5);
    assertThat(node.cause()).isEqualTo(Cause.OUTRANKED_BY_TERM);
    assertThat(node.kinds()).doesNotContain("Announce");
  }

  @Test
  void shortStallOfAnActiveNodeChangesNothing() {
    var node = Bench.active(PRIMARY).at(2500).stalled(749);
    assertThat(node.at(2700).wake().kinds()).doesNotContain("Announce");
  }

  // ---- stop command --------------------------------------------------------------------------

  @Test
  void activeNodeObeysTheStopCommandOfALaterTerm() {
    var node = Bench.active(PRIMARY).at(2010);
    node.hears(0, node.flagged(CLAIMING, 5, Flag.STOP));
    assertThat(node.role()).isEqualTo(YIELDING);
    assertThat(node.cause()).isEqualTo(Cause.TOLD_TO_STOP);
    var older = Bench.active(PRIMARY).at(2010);
    older.hears(0, older.flagged(CLAIMING, 3, Flag.STOP));
    assertThat(older.role()).isEqualTo(ACTIVE);
    var idle = Bench.active(PRIMARY).at(2010);
    idle.hears(0, idle.flagged(STANDBY, 5, Flag.STOP));
    assertThat(idle.role()).isEqualTo(ACTIVE);
  }

  @Test
  void stopCommandOfTheSameTermIsObeyedByTheBackupOnly() {
    var primary = Bench.active(PRIMARY).at(2010);
    primary.hears(0, primary.flagged(CLAIMING, 4, Flag.STOP));
    assertThat(primary.role()).isEqualTo(ACTIVE);
    var backup = Bench.active(BACKUP).at(2010);
    backup.hears(0, backup.flagged(CLAIMING, 4, Flag.STOP));
    assertThat(backup.role()).isEqualTo(YIELDING);
  }

  @Test
  void stopCommandCanComeOnAnotherWay() {
    var node = Bench.active(PRIMARY).at(2010).give(new Input.StopAsked(2010 * Bench.MS, 5));
    assertThat(node.cause()).isEqualTo(Cause.TOLD_TO_STOP);
    assertThat(node.at(2020).released().state.term()).isEqualTo(5);
    var old = Bench.active(PRIMARY).at(2010).give(new Input.StopAsked(2010 * Bench.MS, 3));
    assertThat(old.role()).isEqualTo(ACTIVE);
    var idle = Bench.standby(BACKUP).at(1010).give(new Input.StopAsked(1010 * Bench.MS, 9));
    assertThat(idle.role()).isEqualTo(STANDBY);
  }

  @Test
  void claimantTellsThePartnerToStopOnlyWhenItBeginsToAcquire() {
    var node = Bench.standby(BACKUP).at(1750).wake();
    assertThat(node.told().has(Flag.STOP)).isFalse();
    node.persisted();
    assertThat(node.effects).contains(new Effect.StopPartner(6));
    assertThat(node.told().has(Flag.STOP)).isTrue();
    assertThat(node.acquired().told().has(Flag.STOP)).isFalse();
  }

  @Test
  void claimOnThePartnersWordTellsNobodyToStop() {
    var node = Bench.standby(BACKUP);
    node.at(1030).hears(0, node.leaving(STANDBY, 5)).persisted();
    assertThat(node.has(Effect.StopPartner.class)).isFalse();
    assertThat(node.told().has(Flag.STOP)).isFalse();
  }

  // ---- rivals --------------------------------------------------------------------------------

  @Test
  void ofTwoActiveTheOneThatReachesTheTargetsStays() {
    var targets = Policy.DEFAULT.withTargets();
    var node = Bench.active(PRIMARY, targets).at(2010).targets(false).at(2020).hears(ACTIVE, 1);
    assertThat(node.cause()).isEqualTo(Cause.OUTRANKED_BY_REACHABILITY);
    var other = Bench.active(BACKUP, targets).at(2010);
    other.hears(0, other.flagged(ACTIVE, 99, Flag.CUT_OFF));
    assertThat(other.role()).isEqualTo(ACTIVE);
  }

  @Test
  void theOneThatIsNotHeardYieldsAfterDeadtimeForTheOtherCannotKnow() {
    var node = Bench.active(PRIMARY).at(2010);
    node.hears(0, node.deaf(ACTIVE, 3));
    for (var millis = 2100; millis < 2760; millis += 100) {
      node.at(millis).hears(0, node.deaf(ACTIVE, 3));
      assertThat(node.role()).isEqualTo(ACTIVE);
    }
    assertThat(node.wakeAtMillis()).isEqualTo(2760);
    assertThat(node.at(2760).wake().cause()).isEqualTo(Cause.RIVAL_DEAF);
  }

  @Test
  void rivalThatHearsIsNotGivenWayToHoweverLongItTakes() {
    var node = Bench.active(PRIMARY).at(2010);
    for (var millis = 2100; millis < 4000; millis += 100) {
      assertThat(node.at(millis).hears(ACTIVE, 3).role()).isEqualTo(ACTIVE);
    }
    assertThat(node.at(4000).hears(0, node.deaf(ACTIVE, 3)).cause()).isEqualTo(Cause.RIVAL_DEAF);
  }

  @Test
  void rivalThatHasGoneInBetweenIsWaitedForAnew() {
    var node = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 3);
    node.at(2500).hears(STANDBY, 3);
    node.at(2600).hears(0, node.deaf(ACTIVE, 3)).at(3200).hears(0, node.deaf(ACTIVE, 3));
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.at(3350).wake().cause()).isEqualTo(Cause.RIVAL_DEAF);
  }

  @Test
  void winnerNotifiesThatItStayed() {
    var node = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 3);
    assertThat(node.notifies(Notice.Kind.STILL_ACTIVE)).isFalse();
    assertThat(node.at(2020).hears(YIELDING, 3).notifies(Notice.Kind.STILL_ACTIVE)).isTrue();
    assertThat(node.at(2030).hears(STANDBY, 3).notifies(Notice.Kind.STILL_ACTIVE)).isFalse();
  }

  // ---- errands -------------------------------------------------------------------------------

  @Test
  void failedAnnouncementIsRepeatedForEverAndToldOnce() {
    var node = Bench.started(PRIMARY).at(750).wake().persisted().acquired();
    for (var i = 1; i < 50; i++) {
      assertThat(node.kinds()).contains("Announce");
      node.failed(Effect.Announce.class);
      assertThat(node.notifies(Notice.Kind.NOT_DONE)).isEqualTo(i == 5);
      node.at(node.nowMillis + node.settings.backoffNanos(i) / Bench.MS).wake();
    }
  }

  @Test
  void anActiveNodeAnnouncesAgainWhenALinkIsBack() {
    var node = Bench.active(PRIMARY).at(2010).link(0, false).at(2020).link(0, true);
    assertThat(node.kinds()).as("listens first").doesNotContain("Announce");
    assertThat(node.at(2030).link(1, false).link(1, true).wakeAtMillis()).isEqualTo(2220);
    assertThat(node.at(2220).wake().kinds()).contains("Announce");
    assertThat(node.at(2230).link(0, true).at(9000).wake().kinds())
        .as("it was open")
        .doesNotContain("Announce");
  }

  @Test
  void announcementThatSucceedsIsNotRepeated() {
    var node = Bench.started(PRIMARY).at(750).wake().persisted().acquired();
    node.done(Effect.Announce.class);
    assertThat(node.at(60_000).wake().kinds()).doesNotContain("Announce");
  }

  @Test
  void roleInConnectionSynchronisationFollowsTheRole() {
    var node = Bench.active(PRIMARY, Policy.DEFAULT.withSync()).at(2010).hears(ACTIVE, 9);
    assertThat(node.effects).contains(new Effect.SyncRole(node.idOf(Effect.SyncRole.class), false));
    node.failed(Effect.SyncRole.class).at(2020);
    node.give(new Input.EffectDone(2020 * Bench.MS, releaseOf(node)));
    assertThat(node.role()).isEqualTo(STANDBY);
    node.at(2760).wake();
    assertThat(node.effects)
        .as("tried again")
        .contains(new Effect.SyncRole(node.idOf(Effect.SyncRole.class), false));
  }

  private static long releaseOf(Bench node) {
    return java.util.Objects.requireNonNull(node.state.progress().pending()).id();
  }

  @Test
  void operatorIsToldOfEveryRoleThatLastsAfterWhatItTellsOf() {
    var node = Bench.started(PRIMARY).at(750).wake();
    assertThat(node.notifies(Notice.Kind.ROLE)).as("on the way").isFalse();
    node.persisted().acquired();
    assertThat(node.effects.getLast()).isInstanceOf(Effect.Notify.class);
    assertThat(node.notifies(Notice.Kind.ROLE)).isTrue();
  }
}
