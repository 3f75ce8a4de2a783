// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.STANDBY;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** Numbers that no honest partner or witness sends, and links that cannot send. */
class MaliciousPartnerTest {

  private static final long LEASE = 3000;
  private static final Policy WITNESS =
      Policy.DEFAULT.withWitness(Witnessing.CLAIM, LEASE * Bench.MS);

  @ParameterizedTest
  @ValueSource(longs = {1_048_576, 5_000, Long.MAX_VALUE})
  void aSequenceFarAheadMutesABootForADeadtimeAtMost(long forged) {
    var node = Bench.standby(BACKUP);
    node.at(1050).hears(0, node.ofBoot(77, forged, STANDBY, 5));
    speakOn(node, 1100, ACTIVE);
    assertThat(node.state.partner().last()).extracting(Heartbeat::role).isEqualTo(ACTIVE);
    assertThat(node.role()).as("it was heard all the time").isEqualTo(STANDBY);
    assertThat(node.journal).noneMatch(change -> change.to() == CLAIMING);
  }

  @Test
  void soDoesOneThatIsHeardBeforeAnyOther() {
    var node = Bench.started(BACKUP);
    node.at(500).hears(0, node.ofBoot(77, 1_048_576, STANDBY, 5));
    speakOn(node, 600, ACTIVE);
    assertThat(node.state.partner().last()).extracting(Heartbeat::role).isEqualTo(ACTIVE);
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  @Test
  void severalSequencesFarAheadMuteABootNoLongerThanOne() {
    var node = Bench.standby(BACKUP);
    for (var i = 1; i <= 5; i++) {
      node.at(1050 + i).hears(0, node.ofBoot(77, i * 1_048_576L, STANDBY, 5));
    }
    speakOn(node, 1100, ACTIVE);
    assertThat(node.state.partner().last()).extracting(Heartbeat::role).isEqualTo(ACTIVE);
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  @Test
  void aBootWhoseSequenceWasForgedIsBackAfterAnotherForgedBoot() {
    var node = Bench.standby(BACKUP);
    node.at(1050).hears(0, node.ofBoot(77, 1_048_576, STANDBY, 5));
    node.at(1300).hears(0, node.ofBoot(5, 1, STANDBY, 5));
    node.at(1500).hears(0, node.says(ACTIVE, 5));
    assertThat(node.state.partner().last()).extracting(Heartbeat::bootId).isEqualTo(77L);
  }

  @Test
  void aBootThatGivesWayToAForgedOneIsBackThoughItsSequenceWasForgedBefore() {
    var node = Bench.standby(BACKUP);
    node.at(1050).hears(0, node.ofBoot(77, 1_048_576, STANDBY, 5));
    node.at(1100).hears(0, node.says(ACTIVE, 5));
    node.at(1300).hears(0, node.ofBoot(5, 1, STANDBY, 5));
    node.at(1500).hears(0, node.says(ACTIVE, 5));
    assertThat(node.state.partner().last()).extracting(Heartbeat::bootId).isEqualTo(77L);
  }

  @Test
  void lateHeartbeatsOfABootThatWasJustHeardOfAreNoContradiction() {
    var node = Bench.started(BACKUP);
    node.at(500).hears(0, node.ofBoot(77, 1_000, ACTIVE, 5));
    var before = node.state;
    for (var sequence = 940; sequence < 1_000; sequence++) {
      assertThat(node.hears(0, node.ofBoot(77, sequence, STANDBY, 5)).state).isEqualTo(before);
    }
  }

  private static void speakOn(Bench node, long fromMillis, org.lvsdirector.config.Role role) {
    for (var millis = fromMillis; millis <= fromMillis + Bench.DEADTIME + 100; millis += 50) {
      node.at(millis).hearsOnBoth(node.says(role, 5)).wake();
    }
  }

  @Test
  void aClaimNeverUsesATermThatThePartnerWouldRefuse() {
    var node = Bench.standby(BACKUP);
    node.at(1100).hearsOnBoth(node.says(ACTIVE, Heartbeat.MAX_TERM));
    node.at(1850).wake();
    assertThat(node.role()).isEqualTo(CLAIMING);
    assertThat(node.persisted().told().term()).isEqualTo(Heartbeat.MAX_TERM);
  }

  @Test
  void aLeaseEndsNoLaterThanItWasAskedFor() {
    var node = Bench.standby(PRIMARY, WITNESS).at(1750).wake();
    node.granted(true, Long.MAX_VALUE / Bench.MS);
    assertThat(node.state.lease().isHeld((1750 + LEASE) * Bench.MS)).isFalse();
    assertThat(node.state.lease().isHeld(1750 * Bench.MS)).isTrue();
  }

  @Test
  void aRefusalKeepsWaitingNoLongerThanALease() {
    var node = Bench.standby(PRIMARY, WITNESS).at(1750).wake();
    node.granted(false, Long.MAX_VALUE / Bench.MS);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).isBetween(1750L, 1750 + LEASE);
    assertThat(node.at(1750 + LEASE).wake().role()).isEqualTo(CLAIMING);
  }

  /** A link whose sends fail is opened anew again and again. */
  @Test
  void aPairWithOneLinkThatIsOpenedAgainAndAgainStillClaims() {
    for (var deadtime : List.of(2_000L, 18_000L, 60_000L)) {
      var node = Bench.withOneLink(BACKUP, deadtime / 3, deadtime);
      node.at(900).hears(0, node.says(ACTIVE, 5));
      var millis = 1_000L;
      while (node.role() == STANDBY && millis < 4 * deadtime + 40_000) {
        node.at(millis).link(0, false).at(millis + 1).link(0, true);
        var next = node.wakeAtMillis();
        if (next > 0 && next < millis + 10_000) {
          node.at(next).wake();
        }
        millis += 10_000;
      }
      assertThat(node.role()).as("deadtime %s ms", deadtime).isEqualTo(CLAIMING);
      assertThat(millis).as("not before a deadtime of silence").isGreaterThan(deadtime);
    }
  }
}
