// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.STARTING;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;

/** Heartbeats that are old, of nobody, or of another incarnation. */
class OldHeartbeatTest {

  @Test
  void duplicatesAndReorderedHeartbeatsChangeNothing() {
    var node = Bench.standby(BACKUP);
    var before = node.state;
    var old = node.ofBoot(77, 1, STANDBY, 900);
    assertThat(node.at(1500).hearsOnBoth(old).state).isEqualTo(before);
    assertThat(node.effects).isEmpty();
    assertThat(node.hearsOnBoth(node.ofBoot(77, 2, ACTIVE, 5)).state).isEqualTo(before);
  }

  @Test
  void theSameHeartbeatOnTheOtherLinkIsNoSecondWord() {
    var node = Bench.standby(BACKUP);
    var word = node.says(ACTIVE, 5);
    node.at(1100).hears(0, word).at(1200).hears(1, word);
    assertThat(node.state.partner().activeAtNanos()).isEqualTo(1100 * Bench.MS);
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

  /** Whoever cuts a link one way can keep what was sent there until its sender has died. */
  @Test
  void whatWasHeldBackOnOneLinkIsNoSignOfLifeOnceItsSenderIsDead() {
    var node = Bench.standby(BACKUP);
    var heldBack = new ArrayList<Heartbeat>();
    for (var millis = 1100; millis < 5000; millis += 100) {
      var word = node.says(ACTIVE, 5);
      heldBack.add(word);
      node.at(millis).hears(0, word);
    }
    for (var i = 0; i < heldBack.size() && node.role() == STANDBY; i++) {
      node.at(5000 + 100 * i).hears(1, heldBack.get(i)).wake();
    }
    assertThat(node.role()).isEqualTo(Role.CLAIMING);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_SILENT);
    assertThat(node.nowMillis).isBetween(4900 + Bench.DEADTIME, 4900 + Bench.DEADTIME + 100);
  }

  @Test
  void whatComesFarBehindTheOtherLinkIsNotHeardOnItsLink() {
    var node = Bench.standby(BACKUP);
    var first = node.says(ACTIVE, 5);
    for (var i = 0; i < 20; i++) {
      node.at(1100 + 50 * i).hears(0, node.says(ACTIVE, 5));
    }
    var before = node.state;
    assertThat(node.at(2060).hears(1, first).state).isEqualTo(before);
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
}
