package org.lvsdirector.pulse;

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
import org.lvsdirector.pulse.Heartbeat.Flag;

class FailoverTest {

  // ---- starting ------------------------------------------------------------------------------

  @Test
  void listensForDeadtimeBeforeAnything() {
    var node = Bench.started(PRIMARY);
    assertThat(node.wakeAtMillis()).isEqualTo(750);
    assertThat(node.at(749).wake().role()).isEqualTo(STARTING);
    assertThat(node.at(750).wake().role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_ABSENT);
  }

  @Test
  void startingNodeGoesStandbyAtOnceWhenThePartnerIsActive() {
    var node = Bench.started(PRIMARY).at(20).hears(ACTIVE, 9);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.state.term()).isEqualTo(9);
    assertThat(node.has(Effect.PersistTerm.class)).isTrue();
  }

  @Test
  void startingPrimaryYieldsToABackupThatIsClaiming() {
    assertThat(Bench.started(PRIMARY).at(20).hears(CLAIMING, 4).role()).isEqualTo(STANDBY);
  }

  @Test
  void ofTwoThatStartTogetherThePrimaryClaims() {
    var node = Bench.started(PRIMARY).at(740).hears(STARTING, 0).at(750).wake();
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PREFERRED);
  }

  @Test
  void ofTwoThatStartTogetherTheBackupWaits() {
    var node = Bench.started(BACKUP).at(740).hears(STARTING, 0).at(750).wake();
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.cause()).isEqualTo(Cause.LISTENED);
  }

  @Test
  void backupClaimsWhenThePrimaryHesitates() {
    var node = Bench.started(BACKUP);
    for (var millis = 100; millis <= 3000; millis += 100) {
      node.at(millis).hears(STANDBY, 0);
      assertThat(node.role()).isIn(STARTING, STANDBY);
    }
    assertThat(node.at(3050).wake().role())
        .as("deadtime of listening, then three")
        .isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_HESITATES);
  }

  @Test
  void backupClaimsWhenThePrimaryIsUnfit() {
    var node = Bench.started(BACKUP);
    node.at(700).hears(0, node.unfit(FAULT, 0)).at(750).wake();
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_UNFIT);
  }

  @Test
  void neverClaimsBeforeAnybodySaysThatItIsFit() {
    var node = Bench.unreported(PRIMARY);
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
    assertThat(node.at(5000).wake().role()).isEqualTo(STARTING);
    assertThat(node.fit(true).role()).isEqualTo(CLAIMING);
  }

  @Test
  void unfitNodeGoesToFaultAndHeals() {
    var node = Bench.unreported(PRIMARY).fit(false).at(750).wake();
    assertThat(node.role()).isEqualTo(FAULT);
    assertThat(node.at(60_000).wake().role()).isEqualTo(FAULT);
    assertThat(node.fit(true).role()).isEqualTo(CLAIMING);
    assertThat(node.journal.stream().map(Transition::to)).containsExactly(FAULT, STANDBY, CLAIMING);
  }

  @Test
  void withoutAPartnerAFitNodeClaimsAtOnce() {
    var node = Bench.unpaired().at(1).fit(true);
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.UNPAIRED);
    assertThat(node.persisted().acquired().role()).isEqualTo(ACTIVE);
  }

  @Test
  void listensOnlyWhileALinkIsOpen() {
    var node = Bench.started(BACKUP).link(0, false).link(1, false);
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
    assertThat(node.at(5000).wake().role()).isEqualTo(STARTING);
    node.at(6000).link(1, true);
    assertThat(node.wakeAtMillis()).isEqualTo(6750);
    assertThat(node.at(6750).wake().role()).isEqualTo(CLAIMING);
  }

  @Test
  void standbyWithoutAnOpenLinkCannotTellSilence() {
    var node = Bench.standby(BACKUP).at(1100).link(0, false).link(1, false);
    assertThat(node.at(9000).wake().role()).isEqualTo(STANDBY);
    assertThat(node.link(0, true).wakeAtMillis()).isEqualTo(9750);
  }

  @Test
  void aLinkThatComesAndGoesDoesNotPutATakeoverOff() {
    var node = Bench.standby(BACKUP).at(1100).link(0, false);
    node.at(1600).link(0, true);
    assertThat(node.at(1750).wake().role()).isEqualTo(CLAIMING);
  }

  // ---- takeover ------------------------------------------------------------------------------

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

  // ---- what changes nothing ------------------------------------------------------------------

  @Test
  void duplicatesAndReorderedHeartbeatsChangeNothing() {
    var node = Bench.standby(BACKUP);
    var before = node.state;
    var old = node.ofBoot(77, 1, STANDBY, 900);
    assertThat(node.at(1500).hearsOnBoth(old).state).isEqualTo(before);
    assertThat(node.effects).isEmpty();
  }

  @Test
  void theSameHeartbeatOnTheOtherLinkCountsForThatLinkOnly() {
    var node = Bench.standby(BACKUP);
    var twice = node.says(ACTIVE, 5);
    var newer = node.says(STANDBY, 5);
    node.at(1100).hears(0, newer).at(1200).hears(1, twice);
    assertThat(node.state.partner().links().get(1).heardNanos()).isEqualTo(1200 * Bench.MS);
    assertThat(node.state.partner().last()).isEqualTo(newer);
  }

  @Test
  void staleIncarnationChangesNothing() {
    var node = Bench.standby(BACKUP);
    node.at(1200).hears(0, node.ofBoot(5, 1, STARTING, 5));
    var before = node.state;
    assertThat(node.at(1400).hears(0, node.ofBoot(77, 2, ACTIVE, 5)).state).isEqualTo(before);
    assertThat(node.at(1210).hears(0, node.ofBoot(77, 50, ACTIVE, 5)).state).isEqualTo(before);
  }

  @Test
  void lateHeartbeatOfAnIncarnationThatWasNeverHeardChangesNothing() {
    var node = Bench.standby(BACKUP);
    var before = node.state;
    assertThat(node.at(1149).hears(0, node.ofBoot(5, 900, STANDBY, 900)).state).isEqualTo(before);
    node.at(1200).hears(ACTIVE, 5);
    assertThat(node.state.partner().heardNanos())
        .as("the living one is heard on")
        .isEqualTo(1200 * Bench.MS);
  }

  @Test
  void incarnationThatLivesIsBackAfterAnotherWasTakenForIt() {
    var node = Bench.standby(BACKUP);
    node.at(1300).hears(0, node.ofBoot(5, 900, STANDBY, 5));
    node.at(1400).hears(0, node.ofBoot(77, 5, ACTIVE, 5));
    assertThat(node.state.partner().last()).extracting(Heartbeat::bootId).isEqualTo(5L);
    node.at(1500).hears(0, node.ofBoot(77, 6, ACTIVE, 5));
    assertThat(node.state.partner().last()).extracting(Heartbeat::bootId).isEqualTo(77L);
    assertThat(node.state.partner().retired())
        .extracting(Partner.Retired::bootId)
        .as("one line each")
        .containsExactly(77L, 5L);
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  @Test
  void aRestartedPartnerIsHeardOnceTheOldIncarnationIsQuiet() {
    var node = Bench.standby(BACKUP);
    node.at(1150).hears(1, node.ofBoot(5, 1, ACTIVE, 6));
    assertThat(node.state.partner().retired()).containsExactly(new Partner.Retired(77, 2));
    assertThat(node.state.partner().links().get(1).sequence()).isEqualTo(1);
  }

  @Test
  void theLatestIncarnationsAreRemembered() {
    var node = Bench.standby(BACKUP);
    for (var boot = 1; boot <= 20; boot++) {
      node.at(1000 + 200 * boot).hears(0, node.ofBoot(1000 + boot, 1, ACTIVE, 5));
    }
    assertThat(node.state.partner().retired())
        .hasSize(16)
        .last()
        .isEqualTo(new Partner.Retired(1019, 1));
  }

  @Test
  void heartbeatsOfAnImpostorOrAnUnknownLinkChangeNothing() {
    var node = Bench.standby(BACKUP);
    var before = node.state;
    var own = Bench.standby(PRIMARY).says(ACTIVE, 99);
    assertThat(own.node()).isEqualTo(BACKUP);
    assertThat(node.at(1100).hears(0, own).state).isEqualTo(before);
    assertThat(node.hears(2, node.says(ACTIVE, 99)).state).isEqualTo(before);
    assertThat(node.hears(-1, node.says(ACTIVE, 99)).state).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Node.class)
  void answersToForgottenEffectsChangeNothing(Node node) {
    var active = Bench.active(node);
    var before = active.state;
    active.at(2100).give(new Input.EffectFailed(2100 * Bench.MS, 1, "late"));
    assertThat(active.state).isEqualTo(before);
    assertThat(active.effects).isEmpty();
  }

  // ---- stalls --------------------------------------------------------------------------------

  @Test
  void afterALongStallTheStandbyListensForAnotherDeadtime() {
    var node = Bench.standby(BACKUP).at(61_000).stalled(60_000);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.at(61_749).wake().role()).isEqualTo(STANDBY);
    assertThat(node.at(61_750).wake().role()).isEqualTo(CLAIMING);
  }

  @Test
  void aShortStallIsNotCountedAsSilence() {
    var node = Bench.standby(BACKUP).at(1800).stalled(700);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).isEqualTo(1750 + 700);
  }

  @Test
  void wordsFromBeforeAStallAreNotActedUpon() {
    var node = Bench.started(BACKUP).at(700).hears(STANDBY, 0).at(750).wake();
    assertThat(node.at(90_000).stalled(89_000).role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).isEqualTo(90_750);
  }

  @Test
  void aStallDuringAClaimEndsTheClaim() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted();
    assertThat(node.at(4000).stalled(2200).role()).isEqualTo(YIELDING);
    assertThat(node.cause()).isEqualTo(Cause.STALLED);
    assertThat(node.kinds()).contains("Release");
  }

  @Test
  void activeNodeThatStalledTellsItsPartnerBeforeItAnnounces() {
    var node = Bench.active(PRIMARY).at(9000).stalled(7000);
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.kinds()).containsExactly("HeartbeatNow");
  }

  // ---- both active ---------------------------------------------------------------------------

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
  }

  @Test
  void ofTwoClaimantsThePrimaryGoesOn() {
    var primary = Bench.started(PRIMARY).at(750).wake().persisted();
    assertThat(primary.at(760).hears(CLAIMING, 4).role()).isEqualTo(CLAIMING);
    var backup = Bench.started(BACKUP).at(750).wake().persisted();
    assertThat(backup.at(760).hears(CLAIMING, 4).role()).isEqualTo(YIELDING);
  }

  // ---- failures ------------------------------------------------------------------------------

  @Test
  void failedAcquireReleasesThenWaitsLongerEachTime() {
    var node = Bench.started(PRIMARY).at(750).wake();
    var waits = new java.util.ArrayList<Long>();
    for (var i = 0; i < 9; i++) {
      node.persisted().failed(Effect.Acquire.class);
      assertThat(node.role()).isEqualTo(YIELDING);
      assertThat(node.released().role()).isEqualTo(FAULT);
      waits.add(node.wakeAtMillis() - node.nowMillis);
      node.at(node.wakeAtMillis()).wake();
      assertThat(node.role()).isEqualTo(CLAIMING);
    }
    assertThat(waits)
        .as("deadtime, twice, four times, eight times")
        .containsExactly(750L, 1500L, 3000L, 6000L, 6000L, 6000L, 6000L, 6000L, 6000L);
  }

  @Test
  void whatFailedIsTriedAgainAtOnceWhenSomethingHasChanged() {
    assertThat(failedTwice().link(1, false).role()).isEqualTo(FAULT);
    assertThat(failedTwice().link(1, false).link(1, true).role()).isEqualTo(CLAIMING);
    assertThat(failedTwice().configured("other").role()).isEqualTo(CLAIMING);
    assertThat(failedTwice().fit(true).role()).as("nothing new").isEqualTo(FAULT);
    assertThat(failedTwice().fit(false).fit(true).role()).isEqualTo(CLAIMING);
  }

  @Test
  void theSameConfigurationAgainIsNothingNew() {
    var node = failedTwice().configured("digest");
    node.persisted().failed(Effect.Acquire.class);
    node.released();
    assertThat(node.configured("digest").role()).isEqualTo(FAULT);
  }

  private static Bench failedTwice() {
    var node = Bench.started(PRIMARY).at(750).wake();
    node.persisted().failed(Effect.Acquire.class);
    node.released().at(1500).wake().persisted().failed(Effect.Acquire.class);
    return node.released().at(1600);
  }

  @Test
  void afterAFailedAcquireThePartnerHearsThatThisNodeIsUnfit() {
    var node = Bench.started(PRIMARY).at(750).wake().persisted().failed(Effect.Acquire.class);
    node.released();
    var told =
        Failover.heartbeat(
            node.settings, node.state, new Failover.Identity(1, "d"), 1, 750 * Bench.MS);
    assertThat(told.isFit()).isFalse();
    assertThat(told.role()).isEqualTo(FAULT);
    assertThat(told.reason()).isEqualTo("waits to try again");
  }

  @Test
  void acquireThatNeverEndsIsGivenUp() {
    var node = Bench.started(PRIMARY).at(750).wake().persisted();
    assertThat(node.wakeAtMillis()).isEqualTo(10_750);
    assertThat(node.at(10_750).wake().cause()).isEqualTo(Cause.ACQUIRE_TIMEOUT);
    assertThat(node.has(Effect.Release.class)).isTrue();
  }

  @Test
  void failedReleaseIsTriedAgain() {
    var node = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 5).failed(Effect.Release.class);
    assertThat(node.role()).isEqualTo(YIELDING);
    assertThat(node.wakeAtMillis()).isEqualTo(2760);
    assertThat(node.at(2760).wake().has(Effect.Release.class)).isTrue();
  }

  @Test
  void heartbeatSaysActiveOnlyAfterTheAddressesAreHeld() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted();
    var identity = new Failover.Identity(1, "d");
    var now = 1750 * Bench.MS;
    assertThat(Failover.heartbeat(node.settings, node.state, identity, 1, now).role())
        .isEqualTo(CLAIMING);
    node.acquired();
    assertThat(Failover.heartbeat(node.settings, node.state, identity, 2, now).role())
        .isEqualTo(ACTIVE);
  }

  @Test
  void heartbeatSaysWhichLinksAreHeard() {
    var node = Bench.standby(BACKUP).at(1100);
    node.hears(1, node.says(ACTIVE, 5));
    var identity = new Failover.Identity(1, "d");
    assertThat(
            Failover.heartbeat(node.settings, node.state, identity, 1, 1100 * Bench.MS)
                .hearsLinks())
        .isEqualTo(3);
    assertThat(
            Failover.heartbeat(node.settings, node.state, identity, 1, 1760 * Bench.MS)
                .hearsLinks())
        .isEqualTo(2);
  }

  // ---- stop ----------------------------------------------------------------------------------

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
  }

  @Test
  void stopEndsEvenWhenReleaseFailsOrHangs() {
    var fails = Bench.active(PRIMARY).at(9000).stop(true).failed(Effect.Release.class);
    assertThat(fails.effects).contains(new Effect.Stopped(false));
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
