// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.FAULT;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.YIELDING;

import org.junit.jupiter.api.Test;

/** Stalls, and effects that fail. */
class FailureTest {

  // ---- stalls -----------------------------------------------------------------------------------

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

  // ---- failures ---------------------------------------------------------------------------------

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
    assertThat(told.reason()).isEqualTo("acquire: EPERM");
  }

  @Test
  void aFaultAlwaysHasItsReason() {
    var never = Bench.started(PRIMARY).at(750).wake().persisted().at(10_750).wake().released();
    assertThat(never.role()).isEqualTo(FAULT);
    assertThat(never.state.unfitReason()).isEqualTo("acquire: no answer");
    var held = Bench.active(PRIMARY).at(2010).hears(ACTIVE, 5).failed(Effect.Release.class);
    assertThat(held.state.unfitReason()).isEqualTo("release: EPERM");
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
    assertThat(node.at(1749).told().hearsLinks()).isEqualTo(3);
    assertThat(node.at(1750).told().hearsLinks()).as("not within deadtime").isEqualTo(2);
  }

  @Test
  void stallOfExactlyDeadtimeIsALongOne() {
    assertThat(Bench.standby(BACKUP).at(1800).stalled(750).wakeAtMillis()).isEqualTo(2550);
    var node = Bench.standby(PRIMARY).at(9000).stalled(7000).hears(STANDBY, 5);
    assertThat(node.cause()).as("heard since").isEqualTo(Cause.PREFERRED);
  }

  @Test
  void wordsOfAPartnerThatHasFallenSilentMeanwhileAreOld() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted().failed(Effect.Acquire.class);
    node.released().hears(FAULT, 5);
    assertThat(node.role()).isEqualTo(FAULT);
    assertThat(node.at(2499).told().isFit()).isFalse();
    assertThat(node.at(2500).told().isFit()).isTrue();
    assertThat(node.wake().cause()).isEqualTo(Cause.PARTNER_SILENT);
    assertThat(node.journal.stream().map(Transition::cause)).contains(Cause.RETRY);
    assertThat(node.journal.stream().map(Transition::cause)).doesNotContain(Cause.FIT);
  }

  @Test
  void nodeThatIsFitAgainSaysSo() {
    var node = Bench.standby(BACKUP).at(1100).fit(false);
    assertThat(node.told().isFit()).isFalse();
    assertThat(node.told().reason()).isEqualTo("engine gone");
    assertThat(node.fit(true).told().isFit()).isTrue();
    assertThat(node.cause()).isEqualTo(Cause.FIT);
  }

  @Test
  void claimantThatBecomesUnfitGivesUp() {
    var early = Bench.standby(BACKUP).at(1750).wake().fit(false);
    assertThat(early.role()).isEqualTo(FAULT);
    assertThat(early.cause()).isEqualTo(Cause.UNFIT);
    var late = Bench.standby(BACKUP).at(1750).wake().persisted().fit(false);
    assertThat(late.role()).isEqualTo(YIELDING);
    assertThat(late.has(Effect.Release.class)).isTrue();
  }

  @Test
  void answerThatNobodyWaitsForEndsNoErrand() {
    var node = Bench.started(PRIMARY, Policy.DEFAULT.withSync()).at(750).wake();
    node.persisted().acquired();
    var sync = node.idOf(Effect.SyncRole.class);
    node.failed(Effect.Announce.class).give(new Input.EffectFailed(750 * Bench.MS, sync, "EIO"));
    node.give(new Input.EffectDone(751 * Bench.MS, 999)).at(1500).wake();
    assertThat(node.kinds()).contains("Announce", "SyncRole");
    var ordered = Bench.standby(BACKUP).at(1010).order(Input.Order.STANDBY);
    ordered.failed(Effect.PersistTerm.class).give(new Input.EffectDone(1011 * Bench.MS, 999));
    assertThat(ordered.at(1760).wake().has(Effect.PersistTerm.class)).isTrue();
  }
}
