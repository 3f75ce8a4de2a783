// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.FAULT;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.STARTING;

import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Role;

/** How a node starts, and when it claims though nobody was active. */
class StartingTest {

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

  @Test
  void claimsThatFailAgainAndAgainDoNotBeginThePatienceAnew() {
    var node = Bench.started(BACKUP);
    for (var millis = 100; millis < 2750; millis += 100) {
      node.at(millis).hears(millis % 1000 == 500 ? CLAIMING : STANDBY, 0);
      assertThat(node.role()).isIn(STARTING, STANDBY);
    }
    assertThat(node.at(2750).wake().cause())
        .as("three deadtimes after this one was ready")
        .isEqualTo(Cause.PARTNER_HESITATES);
  }

  @Test
  void patienceBeginsWhenThePartnerCouldActAgain() {
    var node = Bench.standby(BACKUP);
    node.at(1100).hears(Role.YIELDING, 5).at(1500).hears(STANDBY, 5);
    for (var millis = 1600; millis < 3750; millis += 100) {
      assertThat(node.at(millis).hears(STANDBY, 5).role()).isEqualTo(STANDBY);
    }
    assertThat(node.wakeAtMillis()).isEqualTo(3750);
  }

  @Test
  void nodeOfWhichNobodySaysThatItIsFitIsStandbyButNeitherClaimsNorTakesAnOffer() {
    var node = Bench.unreported(BACKUP).at(20).hears(ACTIVE, 5);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
    node.at(30).hears(0, node.flagged(ACTIVE, 5, Heartbeat.Flag.OFFERS));
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.told().has(Heartbeat.Flag.REFUSES)).isTrue();
    assertThat(node.told().reason()).isEqualTo("is not fit");
    assertThat(node.at(9000).wake().role()).isEqualTo(STANDBY);
  }

  @Test
  void unfitNodeIsInFaultAsSoonAsItHearsAnActivePartner() {
    var node = Bench.unreported(PRIMARY).fit(false).at(20).hears(ACTIVE, 5);
    assertThat(node.role()).isEqualTo(FAULT);
    assertThat(node.journal.stream().map(Transition::to)).containsExactly(STANDBY, FAULT);
  }

  @Test
  void claimWithoutAPartnerIsNoTakeoverHoweverLateItComes() {
    var node = Bench.unpaired().at(5000).fit(true);
    assertThat(node.cause()).isEqualTo(Cause.UNPAIRED);
    node.persisted().acquired().done(Effect.Announce.class);
    assertThat(node.at(60_000).wake().kinds()).as("no beacon for nobody").isEmpty();
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
  }

  @Test
  void termHeardWhileListeningIsStoredAtOnce() {
    var node = Bench.started(PRIMARY).at(20).hears(STANDBY, 9);
    assertThat(node.role()).isEqualTo(STARTING);
    assertThat(node.state.term()).isEqualTo(9);
    assertThat(node.effects)
        .contains(new Effect.PersistTerm(node.idOf(Effect.PersistTerm.class), 9, false));
  }

  @Test
  void linkThatOpensForTheFirstTimeBesideAnotherIsListenedToForDeadtime() {
    var node = Bench.restarted(BACKUP, false).link(0, true).fit(true);
    node.at(700).link(1, true).order(Input.Order.ONLINE);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).isEqualTo(1450);
  }

  @Test
  void whatIsHeardAtTimeZeroCounts() {
    var node = Bench.started(BACKUP).hears(ACTIVE, 5);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.told().hearsLinks()).isEqualTo(1);
    node.at(700).hears(0, node.ofBoot(78, 1, STARTING, 5)).at(750).wake();
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_RESTARTED);
    var cut = Bench.started(BACKUP, Policy.DEFAULT.withTargets()).targets(false);
    assertThat(cut.told().has(Heartbeat.Flag.CUT_OFF)).isTrue();
  }

  @Test
  void partnerWhoseClaimHangsIsLeftTimeForItAndPatienceBesides() {
    var node = Bench.standby(BACKUP);
    for (var millis = 1100; millis < 13_350; millis += 500) {
      assertThat(node.at(millis).hears(CLAIMING, 6).role()).isEqualTo(STANDBY);
    }
    assertThat(node.wakeAtMillis()).isEqualTo(13_350);
    assertThat(node.at(13_350).wake().cause()).isEqualTo(Cause.PARTNER_HESITATES);
  }

  @Test
  void standbyPartnerThatIsUnfitIsReplacedAtOnce() {
    var node = Bench.standby(BACKUP).at(1010);
    assertThat(node.hears(0, node.unfit(STANDBY, 5)).cause()).isEqualTo(Cause.PARTNER_UNFIT);
  }
}
