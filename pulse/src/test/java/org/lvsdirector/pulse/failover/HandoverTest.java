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
import static org.lvsdirector.config.Role.YIELDING;

import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Input.Order;

/** Planned changes of role: make before break, and nothing changes when somebody refuses. */
class HandoverTest {

  private static final Policy SYNC = Policy.DEFAULT.withSync();

  // ---- the active node --------------------------------------------------------------------------

  @Test
  void orderedActiveNodeOffersAndReleasesOnlyWhenThePartnerIsActive() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER);
    assertThat(node.kinds()).containsExactly("HeartbeatNow");
    assertThat(node.told().has(Flag.OFFERS)).isTrue();
    assertThat(node.at(2020).hears(CLAIMING, 5).role()).isEqualTo(ACTIVE);
    node.at(2030).hears(ACTIVE, 5);
    assertThat(node.role()).isEqualTo(YIELDING);
    assertThat(node.cause()).isEqualTo(Cause.HANDED_OVER);
    assertThat(node.orderEnd()).isEqualTo("done");
    assertThat(node.kinds()).doesNotContain("Announce");
    assertThat(node.told().has(Flag.OFFERS)).isFalse();
    assertThat(node.at(2040).released().role()).isEqualTo(STANDBY);
  }

  @Test
  void offerThatNobodyTakesEndsWithTheRoleUnchanged() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER);
    for (var millis = 2100; millis < 7010; millis += 100) {
      node.at(millis).hears(STANDBY, 4);
      assertThat(node.told().has(Flag.OFFERS)).isTrue();
    }
    assertThat(node.wakeAtMillis()).isLessThanOrEqualTo(7010);
    node.at(7010).wake();
    assertThat(node.orderEnd()).isEqualTo("the partner did not take over in time");
    assertThat(node.kinds()).as("the partner is told").contains("HeartbeatNow");
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.told().has(Flag.OFFERS)).isFalse();
  }

  @Test
  void offerEndsWhenThePartnerFallsSilent() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER);
    for (var steps = 0; node.orderEnd().equals("open") && steps < 20; steps++) {
      node.at(node.wakeAtMillis()).wake();
    }
    assertThat(node.nowMillis).isEqualTo(2750);
    var late = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER).at(2260).wake().at(2520).wake();
    assertThat(late.wakeAtMillis()).as("before the next beacon").isEqualTo(2750);
    assertThat(node.orderEnd()).isEqualTo("the partner is silent");
    assertThat(node.role()).isEqualTo(ACTIVE);
  }

  @Test
  void refusalEndsTheOfferWithItsReason() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER);
    node.at(2020).hears(0, tired(node, STANDBY, 4));
    assertThat(node.orderEnd()).isEqualTo("the partner refuses: is tired");
    assertThat(node.role()).isEqualTo(ACTIVE);
  }

  private static Heartbeat tired(Bench node, Role role, long term) {
    var word = node.flagged(role, term, Flag.REFUSES);
    return new Heartbeat(
        word.node(), 77, word.sequence(), term, role, true, 0, 3, word.flags(), "d", "is tired", 0);
  }

  @Test
  void whatMakesAFailoverImpossibleIsSaidAtOnce() {
    var silent = Bench.active(PRIMARY).at(9000).order(Order.FAILOVER);
    assertThat(silent.orderEnd()).isEqualTo("the partner is silent");
    assertThat(silent.has(Effect.HeartbeatNow.class)).as("offers nothing").isFalse();
    var fault = Bench.active(PRIMARY).at(2010).hears(FAULT, 4);
    assertThat(fault.order(Order.FAILOVER).orderEnd()).isEqualTo("the partner is FAULT");
    var unfit = Bench.active(PRIMARY).at(2010);
    unfit.hears(0, unfit.unfit(STANDBY, 4)).order(Order.FAILOVER);
    assertThat(unfit.orderEnd()).isEqualTo("the partner cannot serve");
    var cut = Bench.active(PRIMARY).at(2010);
    cut.hears(0, cut.flagged(STANDBY, 4, Flag.CUT_OFF)).order(Order.FAILOVER);
    assertThat(cut.orderEnd()).isEqualTo("the partner cannot serve");
    var unsynced = Bench.active(PRIMARY, SYNC).at(2010).order(Order.FAILOVER);
    assertThat(unsynced.orderEnd()).isEqualTo("the partner's connection table is not in sync");
    var other = Bench.active(PRIMARY).at(2010).give(new Input.ConfigLoaded(2010, "other"));
    assertThat(other.order(Order.FAILOVER).orderEnd()).isEqualTo("the partner has another lvs.cf");
    for (var node : java.util.List.of(unfit, cut, unsynced, other)) {
      assertThat(node.role()).isEqualTo(ACTIVE);
      assertThat(node.told().has(Flag.OFFERS)).isFalse();
    }
  }

  @Test
  void secondOrderIsRefusedWhileOneIsUnderWay() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER).order(Order.STANDBY);
    assertThat(node.orderEnd()).isEqualTo("a handover is under way");
    var stopping = Bench.active(PRIMARY).at(2010).stop(false).order(Order.FAILOVER);
    assertThat(stopping.orderEnd()).isEqualTo("stops");
  }

  @Test
  void offerEndsWithItsReasonWhenTheActiveNodeHasToRelease() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER);
    assertThat(node.at(2020).fit(false).orderEnd()).isEqualTo("this node had to release: unfit");
    assertThat(node.role()).isEqualTo(YIELDING);
  }

  @Test
  void activeNodeOffersOnRequest() {
    var node = Bench.active(BACKUP).at(2010);
    node.hears(0, node.flagged(STANDBY, 4, Flag.REQUESTS));
    assertThat(node.told().has(Flag.OFFERS)).isTrue();
    assertThat(node.at(2020).hears(ACTIVE, 5).cause()).isEqualTo(Cause.HANDED_OVER);
  }

  @Test
  void requestThatCannotBeMetIsRefusedAsLongAsItIsMade() {
    var node = Bench.active(BACKUP, SYNC).at(2010);
    node.hears(0, node.flagged(STANDBY, 4, Flag.REQUESTS));
    assertThat(node.kinds()).containsExactly("HeartbeatNow");
    assertThat(node.told().has(Flag.REFUSES)).isTrue();
    assertThat(node.told().reason()).isEqualTo("the partner's connection table is not in sync");
    assertThat(node.told().has(Flag.OFFERS)).isFalse();
    assertThat(node.at(2100).hears(STANDBY, 4).told().has(Flag.REFUSES)).isFalse();
  }

  @Test
  void afterAnOfferThatFailedARequestWaits() {
    var node = Bench.active(BACKUP).at(2010).order(Order.FAILOVER);
    node.at(2020).hears(0, node.flagged(STANDBY, 4, Flag.REFUSES));
    node.at(2030).hears(0, node.flagged(STANDBY, 4, Flag.REQUESTS));
    assertThat(node.told().reason()).isEqualTo("failed a moment ago");
    node.at(3020).hears(0, node.flagged(STANDBY, 4, Flag.REQUESTS));
    assertThat(node.told().has(Flag.OFFERS)).isTrue();
  }

  // ---- the other node ---------------------------------------------------------------------------

  @Test
  void offeredStandbyTakesOverWhileThePartnerIsStillActive() {
    var node = Bench.standby(BACKUP).at(1010);
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS));
    assertThat(node.role()).as("asks first").isEqualTo(STANDBY);
    assertThat(node.kinds()).containsExactly("TryAddresses");
    assertThat(node.tried().role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.HANDOVER);
    assertThat(node.kinds()).as("no stop command").containsExactly("PersistTerm", "HeartbeatNow");
    node.at(1020).persisted();
    assertThat(node.kinds()).containsExactly("Acquire", "HeartbeatNow");
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS)).at(1025);
    node.give(new Input.EffectDone(1025 * Bench.MS, node.state.nextEffectId() - 1));
    assertThat(node.role()).isEqualTo(ACTIVE);
    node.at(1030).hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS, Flag.GRANTED));
    assertThat(node.role()).as("the partner is about to release").isEqualTo(ACTIVE);
  }

  @Test
  void thePartnerHearsOfTheTakeoverWhenTheNeighboursHave() {
    var node = Bench.standby(BACKUP).at(1010);
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS)).tried().persisted();
    node.at(1020).acquired();
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.kinds()).contains("Announce").doesNotContain("HeartbeatNow");
    assertThat(node.at(1025).done(Effect.Announce.class).kinds()).containsExactly("HeartbeatNow");
  }

  @Test
  void withdrawnOfferEndsTheClaim() {
    var early = Bench.standby(BACKUP).at(1010);
    early.hears(0, early.flagged(ACTIVE, 5, Flag.OFFERS)).tried().at(1020).hears(ACTIVE, 5);
    assertThat(early.role()).isEqualTo(STANDBY);
    assertThat(early.cause()).isEqualTo(Cause.OFFER_WITHDRAWN);
    var late = Bench.standby(BACKUP).at(1010);
    late.hears(0, late.flagged(ACTIVE, 5, Flag.OFFERS))
        .tried()
        .persisted()
        .at(1020)
        .hears(ACTIVE, 5);
    assertThat(late.role()).isEqualTo(YIELDING);
  }

  @Test
  void addressesThatTheOfferingPartnerStillHoldsAreTriedAgainAMomentLater() {
    var node = Bench.standby(BACKUP).at(1010);
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS)).tried().persisted();
    node.at(1020).failed(Effect.Acquire.class);
    assertThat(node.role()).isEqualTo(YIELDING);
    assertThat(node.told().isFit()).as("ends the offer").isFalse();
    node.at(1025).released();
    node.at(1030).hears(0, node.leaving(STANDBY, 5));
    assertThat(node.wakeAtMillis()).isLessThanOrEqualTo(1120);
    node.at(1120).wake();
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_LEAVING);
  }

  @Test
  void claimGoesOnWhenTheOfferingPartnerDies() {
    var node = Bench.standby(BACKUP).at(1010);
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS)).tried().persisted();
    assertThat(node.at(1900).acquiredLast().role()).isEqualTo(ACTIVE);
  }

  @Test
  void offerThatCannotBeTakenIsRefusedWithTheReason() {
    var unsynced = Bench.standby(BACKUP, SYNC).at(1010);
    unsynced.hears(0, unsynced.flagged(ACTIVE, 5, Flag.OFFERS));
    assertThat(unsynced.told().has(Flag.REFUSES)).isTrue();
    assertThat(unsynced.told().reason()).isEqualTo("the connection table is not in sync");
    assertThat(unsynced.synced(true).tried().role()).as("once it is").isEqualTo(CLAIMING);
    var other = Bench.standby(BACKUP).give(new Input.ConfigLoaded(1000, "other")).at(1010);
    other.hears(0, other.flagged(ACTIVE, 5, Flag.OFFERS));
    assertThat(other.told().reason()).isEqualTo("has another lvs.cf");
    var cut = Bench.standby(BACKUP, Policy.DEFAULT.withTargets()).at(1005).targets(false).at(1010);
    cut.hears(0, cut.flagged(ACTIVE, 5, Flag.OFFERS));
    assertThat(cut.told().reason()).isEqualTo("reaches no ping target");
    var resting = Bench.standby(BACKUP).at(1005).order(Order.STANDBY).at(1010);
    resting.hears(0, resting.flagged(ACTIVE, 5, Flag.OFFERS));
    assertThat(resting.told().reason()).isEqualTo("is MAINTENANCE");
    assertThat(resting.role()).isEqualTo(MAINTENANCE);
    resting.at(1020).hears(ACTIVE, 5);
    assertThat(resting.told().has(Flag.REFUSES)).isFalse();
  }

  @Test
  void whatCannotBeTakenIsRefusedAndLeavesNoTrace() {
    var node = Bench.standby(BACKUP).at(1010);
    var before = node.journal.size();
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS));
    node.at(1015).failed(Effect.TryAddresses.class);
    assertThat(node.kinds()).containsExactly("HeartbeatNow");
    assertThat(node.told().has(Flag.REFUSES)).isTrue();
    assertThat(node.told().reason()).isEqualTo("cannot EPERM");
    node.at(1020).hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS));
    assertThat(node.kinds()).as("asked once an offer").isEmpty();
    node.at(1030).hears(ACTIVE, 5);
    assertThat(node.told().has(Flag.REFUSES)).isFalse();
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.told().isFit()).isTrue();
    assertThat(node.told().term()).isEqualTo(5);
    assertThat(node.journal).hasSize(before);
    node.at(1040).hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS));
    assertThat(node.tried().role()).as("the next offer is tried anew").isEqualTo(CLAIMING);
  }

  @Test
  void aRequesterThatCannotTakeTheAddressesEndsItsOwnOrder() {
    var node = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER);
    node.at(1020).hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS));
    node.at(1025).failed(Effect.TryAddresses.class);
    assertThat(node.orderEnd()).isEqualTo("this node cannot EPERM");
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  @Test
  void anAnswerToATrialOfAnEarlierOfferOrOfOtherAddressesChangesNothing() {
    var node = Bench.standby(BACKUP).at(1010);
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS));
    var first = node.idOf(Effect.TryAddresses.class);
    node.at(1020).hears(ACTIVE, 5).at(1030).hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS));
    var second = node.idOf(Effect.TryAddresses.class);
    node.give(new Input.EffectDone(1035 * Bench.MS, first));
    assertThat(node.role()).isEqualTo(STANDBY);
    node.at(1036).readdressed("digest");
    assertThat(node.kinds()).contains("TryAddresses");
    node.give(new Input.EffectDone(1040 * Bench.MS, second));
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  @Test
  void ofAPartnerThatLeavesAnythingIsTaken() {
    var node = Bench.standby(BACKUP, SYNC).give(new Input.ConfigLoaded(1000, "other")).at(1010);
    node.hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS, Flag.LEAVING));
    assertThat(node.role()).isEqualTo(CLAIMING);
  }

  @Test
  void requesterThatClaimsIsWokenAtTheEndOfTheHandoverAndNotByThePartnersSilence() {
    var node = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER);
    node.at(1020).hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS)).tried().persisted();
    assertThat(node.wakeAtMillis()).isEqualTo(6010);
  }

  @Test
  void orderedStandbyRequestsAndReportsWhenItIsActive() {
    var node = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER);
    assertThat(node.told().has(Flag.REQUESTS)).isTrue();
    assertThat(node.told().has(Flag.FAILBACK)).isFalse();
    node.at(1020).hears(0, node.flagged(ACTIVE, 5, Flag.OFFERS)).tried().persisted().acquired();
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.orderEnd()).isEqualTo("done");
    assertThat(node.told().has(Flag.REQUESTS)).isFalse();
  }

  @Test
  void aHandoverThatFailsAtTheAddressesSaysSoOnBothSides() {
    var asked = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER);
    asked.at(1020).hears(0, asked.flagged(ACTIVE, 5, Flag.OFFERS)).tried().persisted();
    asked.at(1030).failed(Effect.Acquire.class);
    assertThat(asked.role()).isEqualTo(Role.YIELDING);
    assertThat(asked.orderEnd())
        .isEqualTo("this node could not take the addresses, its log says why");
    assertThat(asked.told().reason()).isEqualTo("could not take the addresses, its log says why");
  }

  @Test
  void onlyWhatWasHandedOverIsReleasedWithAFarewell() {
    var handing = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER);
    handing.at(2020).hears(ACTIVE, 5);
    assertThat(handing.effects).anyMatch(HandoverTest::isFarewell);
    var told = Bench.active(PRIMARY).at(2010);
    told.hears(0, told.flagged(ACTIVE, 5, Flag.STOP));
    assertThat(told.role()).isEqualTo(Role.YIELDING);
    assertThat(told.effects).noneMatch(HandoverTest::isFarewell);
  }

  private static boolean isFarewell(Effect effect) {
    return effect instanceof Effect.Release(_, var isHandedOver) && isHandedOver;
  }

  @Test
  void requestEndsOnRefusalOnFaultOrInTime() {
    var refused = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER);
    refused.at(1020).hears(0, refused.flagged(ACTIVE, 5, Flag.REFUSES));
    assertThat(refused.orderEnd()).isEqualTo("the partner refuses: ");
    var told = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER);
    told.at(1020).hears(0, tired(told, ACTIVE, 5));
    assertThat(told.orderEnd()).isEqualTo("the partner refuses: is tired");
    var fault = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER).at(1020).fit(false);
    assertThat(fault.orderEnd()).isEqualTo("this node is FAULT");
    var late = Bench.standby(BACKUP).at(1010).order(Order.FAILOVER);
    for (var millis = 1100; millis < 6010; millis += 100) {
      assertThat(late.at(millis).hears(ACTIVE, 5).orderEnd()).isEqualTo("open");
    }
    assertThat(late.wakeAtMillis()).isEqualTo(6010);
    assertThat(late.at(6010).wake().orderEnd()).isEqualTo("the partner did not hand over in time");
    var alone = Bench.standby(BACKUP).at(1010).hears(FAULT, 5);
    assertThat(Bench.standby(BACKUP).at(1010).hears(STANDBY, 5).order(Order.FAILOVER).orderEnd())
        .isEqualTo("the partner is not active");
    assertThat(alone.order(Order.FAILOVER).orderEnd()).isEqualTo("this node is CLAIMING");
  }
}
