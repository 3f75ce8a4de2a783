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
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Input.EffectDone;
import org.lvsdirector.pulse.failover.Input.EffectFailed;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** Other virtual addresses, by a reload at any moment. */
class ReloadTest {

  private static final Policy WITNESS =
      Policy.DEFAULT.withWitness(Witnessing.STRICT, 3000 * Bench.MS);

  private static Bench reloaded() {
    return Bench.active(PRIMARY).at(2010).readdressed("other");
  }

  private static Bench done(Bench node, long id) {
    return node.give(new EffectDone(node.nowMillis * Bench.MS, id));
  }

  private static Bench failed(Bench node, long id) {
    return node.give(new EffectFailed(node.nowMillis * Bench.MS, id, "EPERM"));
  }

  // ---- not active ------------------------------------------------------------------------------

  @Test
  void whoHoldsNothingOnlyNotesIt() {
    var yielding = Bench.active(PRIMARY).at(2010);
    yielding.hears(0, yielding.flagged(CLAIMING, 99, Flag.STOP));
    assertThat(yielding.role()).isEqualTo(YIELDING);
    assertThat(yielding.readdressed("other").kinds()).isEmpty();
    assertThat(Bench.standby(BACKUP).at(1100).readdressed("other").kinds()).isEmpty();
    assertThat(Bench.started(BACKUP).readdressed("other").kinds()).isEmpty();
    var fault = Bench.standby(BACKUP).at(1100).fit(false);
    assertThat(fault.readdressed("other").kinds()).isEmpty();
    var maintained = Bench.standby(BACKUP).at(1100).order(Input.Order.STANDBY);
    assertThat(maintained.readdressed("other").kinds()).isEmpty();
  }

  @Test
  void aClaimThatIsNotWonYetTakesNothing() {
    var node = Bench.standby(BACKUP, WITNESS).at(1750).wake();
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.readdressed("other").kinds()).isEmpty();
    assertThat(node.granted(false, 500).role()).isEqualTo(STANDBY);
    assertThat(node.has(Effect.Release.class)).isFalse();
  }

  @Test
  void aWonClaimTakesTheNewOnesAtOnceAndTheFirstAnswerDoesNotCount() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted();
    var first = node.idOf(Effect.Acquire.class);
    var deadline = node.wakeAtMillis();
    var second = node.readdressed("other").idOf(Effect.Acquire.class);
    assertThat(node.kinds()).containsExactly("Acquire");
    assertThat(node.wakeAtMillis()).isEqualTo(deadline);
    assertThat(done(node, first).role()).isEqualTo(CLAIMING);
    assertThat(failed(node, first).role()).isEqualTo(CLAIMING);
    assertThat(done(node, second).role()).isEqualTo(ACTIVE);
    assertThat(node.kinds()).containsSubsequence("Announce", "HeartbeatNow");
  }

  /** Found by the simulator, seed 454. */
  @Test
  void aClaimThatTakesTheRightOnesAlreadyIsNotDisturbedByTheSameLvsCf() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted().readdressed("other");
    var taken = node.idOf(Effect.Acquire.class);
    assertThat(node.readdressed("other").kinds()).isEmpty();
    assertThat(done(node, taken).role()).isEqualTo(ACTIVE);
  }

  @Test
  void aClaimThatIsGivenUpReleasesTheNewOnesToo() {
    var node = Bench.standby(BACKUP).at(1750).wake().persisted().readdressed("other");
    assertThat(node.failed(Effect.Acquire.class).role()).isEqualTo(YIELDING);
    assertThat(node.has(Effect.Release.class)).isTrue();
    assertThat(node.released().role()).isEqualTo(FAULT);
  }

  // ---- active ----------------------------------------------------------------------------------

  @Test
  void anActiveNodeAnnouncesTheNewOnesOnceItHoldsThem() {
    var node = reloaded();
    assertThat(node.kinds()).containsExactly("Acquire");
    assertThat(node.acquired().kinds()).containsExactly("HeartbeatNow", "Announce");
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.told().isFit()).isTrue();
    assertThat(node.done(Effect.Announce.class).effects).isEmpty();
  }

  @Test
  void theAnswerOfTheFirstReloadIsNotThatOfTheSecond() {
    var node = reloaded();
    var first = node.idOf(Effect.Acquire.class);
    var second = node.readdressed("third").idOf(Effect.Acquire.class);
    assertThat(done(node, first).effects).isEmpty();
    assertThat(failed(node, first).effects).isEmpty();
    assertThat(node.told().isFit()).isTrue();
    assertThat(done(node, second).has(Effect.Announce.class)).isTrue();
  }

  @Test
  void aReloadDuringAnAnnouncementAnnouncesAgain() {
    var node = reloaded().acquired();
    var announcing = node.idOf(Effect.Announce.class);
    node.readdressed("third");
    var acquiring = node.idOf(Effect.Acquire.class);
    assertThat(done(node, announcing).effects).isEmpty();
    assertThat(done(node, acquiring).idOf(Effect.Announce.class)).isGreaterThan(announcing);
  }

  @Test
  void aFailedOneIsAnnouncedAsFarAsItGoesAndTriedAgainLaterEachTime() {
    var node = Bench.active(PRIMARY).at(2010);
    node.hears(0, node.says(FAULT, 0)).readdressed("other").failed(Effect.Acquire.class);
    assertThat(node.kinds()).containsExactly("HeartbeatNow", "Announce");
    assertThat(node.notifies(Notice.Kind.NOT_DONE)).isTrue();
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.told().isFit()).isFalse();
    assertThat(node.told().reason()).isEqualTo("EPERM");
    assertThat(node.state.unfitReason()).isEqualTo("EPERM");
    node.done(Effect.Announce.class);
    assertThat(node.at(2759).wake().has(Effect.Acquire.class)).isFalse();
    assertThat(node.at(2760).wake().has(Effect.Acquire.class)).isTrue();
    assertThat(node.told().isFit()).as("not before it is held").isFalse();
    node.failed(Effect.Acquire.class);
    assertThat(node.notifies(Notice.Kind.NOT_DONE)).as("told once").isFalse();
    assertThat(node.at(2760 + 1499).wake().has(Effect.Acquire.class)).isFalse();
    assertThat(node.at(2760 + 1500).wake().acquired().has(Effect.Announce.class)).isTrue();
    assertThat(node.told().isFit()).isTrue();
    assertThat(node.state.progress().retry().failures()).isZero();
  }

  @Test
  void aReloadDuringTheWaitIsTriedAtOnce() {
    var node = reloaded().failed(Effect.Acquire.class).at(2100).readdressed("third");
    assertThat(node.has(Effect.Acquire.class)).isTrue();
    assertThat(node.told().isFit()).isFalse();
    assertThat(node.acquired().told().isFit()).isTrue();
  }

  @Test
  void theSameLvsCfAgainWaitsForTheNextTry() {
    var node = reloaded().failed(Effect.Acquire.class).at(2100).readdressed("other");
    assertThat(node.has(Effect.Acquire.class)).isFalse();
    node.hearsOnBoth(node.says(FAULT, 0));
    assertThat(node.at(2760).wake().has(Effect.Acquire.class)).isTrue();
  }

  @Test
  void anAcquisitionThatHangsCountsAsFailedButIsNotRepeated() {
    var node = reloaded();
    node.at(12_009).hearsOnBoth(node.says(FAULT, 0));
    assertThat(node.told().isFit()).isTrue();
    assertThat(node.at(12_010).wake().told().isFit()).isFalse();
    assertThat(node.told().reason()).isEqualTo("acquire: no answer");
    assertThat(node.at(30_000).hearsOnBoth(node.says(FAULT, 0)).has(Effect.Acquire.class))
        .isFalse();
    done(node, node.state.active().renewal().id());
    assertThat(node.told().isFit()).isTrue();
    assertThat(node.has(Effect.Announce.class)).isTrue();
  }

  // ---- the partner may do better ---------------------------------------------------------------

  @Test
  void aReadyPartnerIsOfferedTheRoleOnce() {
    var node = Bench.active(PRIMARY).at(2010).configured("digest").readdressed("digest");
    node.failed(Effect.Acquire.class);
    assertThat(node.told().has(Flag.OFFERS)).isTrue();
    node.at(2020).hears(0, node.flagged(STANDBY, 0, Flag.REFUSES));
    assertThat(node.told().has(Flag.OFFERS)).isFalse();
    node.at(2760).hears(0, node.says(STANDBY, 0)).failed(Effect.Acquire.class);
    assertThat(node.told().has(Flag.OFFERS)).as("it could not either").isFalse();
    node.at(2770).readdressed("third").readdressed("digest").failed(Effect.Acquire.class);
    assertThat(node.told().has(Flag.OFFERS)).as("another reload").isTrue();
  }

  @Test
  void aPartnerWithAnotherLvsCfIsOfferedNothingUntilItHasTheSame() {
    var node = reloaded().failed(Effect.Acquire.class);
    assertThat(node.told().has(Flag.OFFERS)).isFalse();
    assertThat(node.role()).isEqualTo(ACTIVE);
  }

  @Test
  void whoHasHandedOverForItRestsUntilItMayTryAgain() {
    var node = Bench.active(PRIMARY).at(2010).configured("digest").readdressed("digest");
    node.failed(Effect.Acquire.class).at(2050).hears(0, node.says(ACTIVE, 9));
    assertThat(node.cause()).isEqualTo(Cause.HANDED_OVER);
    assertThat(node.released().role()).isEqualTo(FAULT);
    assertThat(node.at(2760).hearsOnBoth(node.says(ACTIVE, 9)).role()).isEqualTo(STANDBY);
    assertThat(node.told().isFit()).isTrue();
  }

  @Test
  void answersOfAReloadThatComeAfterTheRoleCountForNothing() {
    var node = reloaded();
    var id = node.idOf(Effect.Acquire.class);
    node.at(2020).hears(ACTIVE, 99);
    assertThat(node.role()).isEqualTo(YIELDING);
    assertThat(failed(node, id).effects).isEmpty();
    assertThat(done(node, id).role()).isEqualTo(YIELDING);
    assertThat(node.state.isFit(2020 * Bench.MS)).isTrue();
  }

  @Test
  void afterAStallItAnnouncesOnlyWhenItHasListened() {
    var node = Bench.active(PRIMARY).at(9000).stalled(7000).readdressed("other");
    assertThat(node.acquired().has(Effect.Announce.class)).isFalse();
    assertThat(node.role()).isEqualTo(Role.ACTIVE);
    assertThat(node.at(9200).wake().has(Effect.Announce.class)).isTrue();
  }
}
