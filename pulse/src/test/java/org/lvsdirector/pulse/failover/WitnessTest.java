// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.YIELDING;

import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Policy.Witnessing;
import org.lvsdirector.pulse.witness.Witness;
import org.lvsdirector.pulse.witness.Witness.Question;

/** The witness itself, and a director that asks it. */
class WitnessTest {

  private static final long LEASE = 3000;
  private static final Policy STRICT =
      Policy.DEFAULT.withWitness(Witnessing.STRICT, LEASE * Bench.MS);
  private static final Policy CLAIM =
      Policy.DEFAULT.withWitness(Witnessing.CLAIM, LEASE * Bench.MS);

  // ---- the witness ---------------------------------------------------------------------------

  private static Witness.Answer ask(
      Witness.State state, long millis, Node node, long term, boolean isHolding) {
    return Witness.step(LEASE, state, new Question.Ask(millis, "p", node, term, isHolding));
  }

  private static Witness.State held(long millis, Node node, long term) {
    return ask(Witness.State.initial(-LEASE), millis, node, term, false).next();
  }

  @Test
  void grantsTheLeaseToOneNodeUntilItEnds() {
    var state = held(0, PRIMARY, 4);
    var refused = ask(state, 2999, BACKUP, 5, false);
    assertThat(refused.isGranted()).isFalse();
    assertThat(refused.forNanos()).isEqualTo(1);
    assertThat(refused.next()).isEqualTo(state);
    var granted = ask(state, 3000, BACKUP, 5, false);
    assertThat(granted.isGranted()).isTrue();
    assertThat(granted.forNanos()).isEqualTo(LEASE);
    assertThat(ask(granted.next(), 3001, PRIMARY, 4, true).isGranted()).isFalse();
  }

  @Test
  void renewsForTheHolder() {
    var renewed = ask(held(0, PRIMARY, 4), 2000, PRIMARY, 4, true);
    assertThat(renewed.isGranted()).isTrue();
    assertThat(ask(renewed.next(), 4999, BACKUP, 5, false).isGranted()).isFalse();
    assertThat(ask(renewed.next(), 5000, BACKUP, 5, false).isGranted()).isTrue();
  }

  @Test
  void afterItsStartItGrantsForALeaseOnlyToTheActive() {
    var fresh = Witness.State.initial(0);
    assertThat(ask(fresh, 2999, BACKUP, 5, false).isGranted()).isFalse();
    assertThat(ask(fresh, 2999, BACKUP, 5, false).forNanos()).isEqualTo(1);
    assertThat(ask(fresh, 3000, BACKUP, 5, false).isGranted()).isTrue();
    assertThat(ask(fresh, 1, PRIMARY, 4, true).isGranted()).isTrue();
  }

  @Test
  void takesALeaseBackFromItsHolderOnly() {
    var state = held(0, PRIMARY, 4);
    var foreign = Witness.step(LEASE, state, new Question.Return(10, "p", BACKUP, 9));
    assertThat(foreign.next()).isEqualTo(state);
    var older = Witness.step(LEASE, state, new Question.Return(10, "p", PRIMARY, 3));
    assertThat(older.next()).isEqualTo(state);
    assertThat(older.isGranted()).isFalse();
    var back = Witness.step(LEASE, state, new Question.Return(10, "p", PRIMARY, 4));
    assertThat(back.isGranted()).isFalse();
    assertThat(ask(back.next(), 10, BACKUP, 5, false).isGranted()).isTrue();
    var other = Witness.step(LEASE, state, new Question.Return(10, "q", PRIMARY, 4));
    assertThat(other.next()).isEqualTo(state);
  }

  @Test
  void pairsDoNotKnowOfEachOther() {
    var state = held(0, PRIMARY, 4);
    var other = Witness.step(LEASE, state, new Question.Ask(1, "q", BACKUP, 1, false));
    assertThat(other.isGranted()).isTrue();
    assertThat(other.next().leases()).hasSize(2);
  }

  // ---- a director that asks ------------------------------------------------------------------

  @Test
  void claimNeedsTheGrantWhenThePartnerIsSilent() {
    var node = Bench.standby(BACKUP, CLAIM).at(1750).wake().persisted();
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.has(Effect.Acquire.class)).isFalse();
    assertThat(node.at(1760).granted(true, LEASE).has(Effect.Acquire.class)).isTrue();
    assertThat(node.told().has(Flag.GRANTED)).isTrue();
  }

  @Test
  void refusedClaimWaitsForTheEndOfTheOthersLease() {
    var node = Bench.standby(BACKUP, CLAIM).at(1750).wake().persisted();
    node.at(1760).granted(false, 2000);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.cause()).isEqualTo(Cause.WITNESS_REFUSED);
    assertThat(node.has(Effect.ReturnLease.class)).isTrue();
    assertThat(node.wakeAtMillis()).isEqualTo(3760);
    assertThat(node.at(3760).wake().role()).isEqualTo(CLAIMING);
  }

  @Test
  void claimEndsWhenTheWitnessIsSilent() {
    var late = Bench.standby(BACKUP, CLAIM).at(1750).wake().persisted().at(1950).wake();
    assertThat(late.cause()).isEqualTo(Cause.WITNESS_SILENT);
    assertThat(late.wakeAtMillis()).isEqualTo(1950 + 750);
    var failed = Bench.standby(BACKUP, CLAIM).at(1750).wake().failed(Effect.AskWitness.class);
    assertThat(failed.cause()).isEqualTo(Cause.WITNESS_SILENT);
  }

  @Test
  void thePartnersWordMakesTheGrantUnnecessary() {
    var node = Bench.standby(BACKUP, CLAIM);
    node.at(1030).hears(0, node.leaving(STANDBY, 5)).granted(false, 2000);
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.state.lease().isHeld(1031 * Bench.MS)).isFalse();
    var silent = Bench.standby(BACKUP, CLAIM);
    silent.at(1030).hears(0, silent.leaving(STANDBY, 5));
    var ask = silent.idOf(Effect.AskWitness.class);
    silent.persisted().give(new Input.EffectFailed(1031 * Bench.MS, ask, "timeout"));
    assertThat(silent.has(Effect.Acquire.class)).isTrue();
  }

  @Test
  void activeNodeRenewsThreeTimesALease() {
    var node = Bench.active(PRIMARY, CLAIM);
    node.at(3000).hears(STANDBY, 4);
    assertThat(node.has(Effect.AskWitness.class)).isTrue();
    assertThat(node.effects)
        .contains(new Effect.AskWitness(node.idOf(Effect.AskWitness.class), 4, true));
    assertThat(node.granted(true, LEASE).state.lease().untilNanos())
        .as("a tenth less, from the question on")
        .isEqualTo((3000 + 2700) * Bench.MS);
    assertThat(node.at(4000).wake().has(Effect.AskWitness.class)).isTrue();
    assertThat(node.at(5000).wake().has(Effect.AskWitness.class)).as("no answer").isTrue();
  }

  @Test
  void strictActiveNodeWithNeitherLeaseNorPartnerReleases() {
    var node = Bench.active(PRIMARY, STRICT);
    node.at(3449).wake();
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.at(3450).wake().cause()).isEqualTo(Cause.LEASE_LOST);
    assertThat(node.has(Effect.Release.class)).isTrue();
    assertThat(node.at(3460).released().role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).as("claims deadtime later").isEqualTo(4200);
    assertThat(Bench.active(PRIMARY, CLAIM).at(60_000).wake().role()).isEqualTo(ACTIVE);
  }

  @Test
  void strictActiveNodeIsWokenWhenTheLeaseEnds() {
    var node = Bench.active(PRIMARY, STRICT);
    for (var steps = 0; node.role() == ACTIVE && steps < 100; steps++) {
      node.at(node.wakeAtMillis()).wake();
    }
    assertThat(node.nowMillis).isEqualTo(3450);
  }

  @Test
  void strictActiveNodeWithALivingPartnerCarriesOnWithoutTheWitness() {
    var node = Bench.active(PRIMARY, STRICT);
    for (var millis = 2100; millis < 60_000; millis += 500) {
      node.at(millis).hears(STANDBY, 4);
      assertThat(node.role()).isEqualTo(ACTIVE);
    }
    assertThat(node.wakeAtMillis()).isBetween(node.nowMillis + 1, node.nowMillis + 750);
  }

  @Test
  void ofTwoActiveTheOneWithTheLeaseStays() {
    var holder = Bench.active(BACKUP, CLAIM).at(2010).hears(ACTIVE, 99);
    assertThat(holder.role()).isEqualTo(ACTIVE);
    var other = Bench.active(PRIMARY, CLAIM);
    other.at(4000).hears(0, other.flagged(ACTIVE, 1, Flag.GRANTED));
    assertThat(other.role()).isEqualTo(YIELDING);
    assertThat(other.cause()).isEqualTo(Cause.OUTRANKED_BY_WITNESS);
  }

  @Test
  void leaseIsGivenBackWithTheAddresses() {
    var node = Bench.active(PRIMARY, CLAIM).at(9000).stop(true);
    assertThat(node.effects).contains(new Effect.ReturnLease(4));
    assertThat(node.state.lease()).isEqualTo(WitnessLease.NONE);
  }

  @Test
  void answersToOtherQuestionsAreIgnored() {
    var node = Bench.active(PRIMARY, CLAIM);
    var before = node.state;
    node.give(new Input.WitnessAnswered(2000 * Bench.MS, 1, false, 0));
    node.give(new Input.WitnessAnswered(2000 * Bench.MS, 0, false, 0));
    assertThat(node.state).isEqualTo(before);
  }

  @Test
  void activeNodeIsWokenToRenew() {
    var node = Bench.active(PRIMARY, CLAIM).at(2990).hears(STANDBY, 4);
    assertThat(node.wakeAtMillis()).isEqualTo(3000);
  }

  @Test
  void strictNodeWithTheLeaseDoesNotGiveWayToADeafRival() {
    var node = Bench.active(PRIMARY, STRICT).at(2010);
    for (var millis = 2010; millis < 3000; millis += 100) {
      node.at(millis).hears(0, node.deaf(ACTIVE, 3));
      assertThat(node.role()).as("the rival has none and yields").isEqualTo(ACTIVE);
    }
  }

  @Test
  void failureOfSomethingElseDoesNotEndAClaim() {
    var node = Bench.standby(BACKUP, CLAIM).at(1750).wake();
    node.give(new Input.EffectFailed(1751 * Bench.MS, 999, "late"));
    assertThat(node.role()).isEqualTo(CLAIMING);
  }
}
