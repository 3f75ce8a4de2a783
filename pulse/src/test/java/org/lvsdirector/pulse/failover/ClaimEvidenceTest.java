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
import org.lvsdirector.pulse.failover.Heartbeat.Flag;

/** What besides heartbeats allows or forbids a claim. */
class ClaimEvidenceTest {

  private static final Policy TARGETS = Policy.DEFAULT.withTargets();

  // ---- own links -----------------------------------------------------------------------------

  @Test
  void nodeWithoutAnyLinkNeverClaims() {
    var node = Bench.standby(BACKUP).at(1100).link(0, false).link(1, false);
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
    assertThat(node.at(9000).wake().role()).isEqualTo(STANDBY);
    assertThat(node.link(1, true).role()).as("listens again").isEqualTo(STANDBY);
    assertThat(node.at(9750).wake().role()).isEqualTo(CLAIMING);
  }

  @Test
  void oneLinkOfItsOwnIsEnoughToClaim() {
    var node = Bench.standby(BACKUP).at(1100).link(0, false).at(1750).wake();
    assertThat(node.role()).isEqualTo(CLAIMING);
  }

  @Test
  void unknownLinksAreIgnored() {
    var node = Bench.standby(BACKUP);
    var before = node.state;
    assertThat(node.at(1100).link(2, false).link(-1, false).state).isEqualTo(before);
    assertThat(node.link(2, true).state).isEqualTo(before);
  }

  // ---- ping targets --------------------------------------------------------------------------

  @Test
  void claimAsksThePingTargetsAndWaitsForThem() {
    var node = Bench.standby(BACKUP, TARGETS).at(1750).wake();
    assertThat(node.kinds())
        .containsExactly("PersistTerm", "PingTargets", "ProbeAddresses", "HeartbeatNow");
    var ping = node.idOf(Effect.PingTargets.class);
    assertThat(node.persisted().has(Effect.Acquire.class)).isFalse();
    node.give(new Input.EffectDone(1760 * Bench.MS, ping));
    assertThat(node.has(Effect.Acquire.class)).isTrue();
  }

  @Test
  void nodeThatReachesNoTargetIsTheOneCutOffAndDoesNotClaim() {
    var node = Bench.standby(BACKUP, TARGETS).at(1750).wake().failed(Effect.PingTargets.class);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.cause()).isEqualTo(Cause.CUT_OFF);
    assertThat(node.told().has(Flag.CUT_OFF)).isTrue();
    assertThat(node.wakeAtMillis()).as("tries again").isEqualTo(2500);
  }

  @Test
  void targetsThatDoNotAnswerInTimeCountAsUnreachable() {
    var node = Bench.standby(BACKUP, TARGETS).at(1750).wake().persisted();
    assertThat(node.wakeAtMillis()).isEqualTo(1950);
    assertThat(node.at(1949).wake().role()).isEqualTo(CLAIMING);
    assertThat(node.at(1950).wake().cause()).isEqualTo(Cause.CUT_OFF);
  }

  @Test
  void claimsInDoubtWaitLongerEachTimeUntilTheTargetIsBack() {
    var node = Bench.standby(BACKUP, TARGETS).at(1750).wake();
    var waits = new java.util.ArrayList<Long>();
    for (var i = 0; i < 6; i++) {
      node.failed(Effect.PingTargets.class);
      waits.add(node.wakeAtMillis() - node.nowMillis);
      node.at(node.wakeAtMillis()).wake();
      assertThat(node.role()).isEqualTo(CLAIMING);
    }
    assertThat(waits).containsExactly(750L, 1500L, 3000L, 6000L, 6000L, 6000L);
    node.failed(Effect.PingTargets.class);
    assertThat(node.at(node.nowMillis + 1).targets(true).role()).isEqualTo(CLAIMING);
  }

  @Test
  void doubtEndsWhenThePartnerIsHeard() {
    var node = Bench.standby(BACKUP, TARGETS).at(1750).wake().failed(Effect.PingTargets.class);
    node.at(1800).hears(ACTIVE, 5);
    assertThat(node.state.evidence().doubts()).isZero();
    assertThat(node.wakeAtMillis()).isEqualTo(2550);
  }

  @Test
  void activeNodeCutOffFromTheTargetsHandsToAPartnerThatReachesThem() {
    var node = Bench.active(PRIMARY, TARGETS).at(2100).targets(false);
    assertThat(node.role()).as("it may be the target that failed").isEqualTo(ACTIVE);
    assertThat(node.at(2849).hears(STANDBY, 4).role()).isEqualTo(ACTIVE);
    assertThat(node.at(2850).hears(STANDBY, 4).role()).isEqualTo(YIELDING);
    assertThat(node.cause()).isEqualTo(Cause.CUT_OFF);
  }

  @Test
  void activeNodeStaysWhenThePartnerIsCutOffToo() {
    var node = Bench.active(PRIMARY, TARGETS).at(2100).targets(false);
    node.at(2900).hears(0, node.flagged(STANDBY, 4, Flag.CUT_OFF));
    assertThat(node.role()).isEqualTo(ACTIVE);
  }

  @Test
  void ofTwoIdleTheOneThatReachesTheTargetsClaims() {
    var backup = Bench.started(BACKUP, TARGETS).at(1).targets(true);
    backup.at(700).hears(0, backup.flagged(STANDBY, 3, Flag.CUT_OFF)).at(750).wake();
    assertThat(backup.cause()).isEqualTo(Cause.PARTNER_CUT_OFF);
    var primary = Bench.started(PRIMARY, TARGETS).at(1).targets(false);
    assertThat(primary.at(700).hears(STANDBY, 3).at(750).wake().role()).isEqualTo(STANDBY);
    for (var millis = 1000; millis < 3000; millis += 500) {
      assertThat(primary.at(millis).hears(STANDBY, 3).role()).isEqualTo(STANDBY);
    }
    assertThat(primary.at(3000).wake().cause()).isEqualTo(Cause.PARTNER_HESITATES);
  }

  @Test
  void targetsThatAreNotConfiguredAreNotAsked() {
    var node = Bench.standby(BACKUP).at(1100).targets(false).at(1750).wake();
    assertThat(node.has(Effect.PingTargets.class)).isFalse();
    assertThat(node.told().has(Flag.CUT_OFF)).isFalse();
  }

  // ---- who else answers for the addresses ----------------------------------------------------

  @Test
  void anAddressThatIsStillAnsweredIsClaimedAnywayAndAnnouncedUntilItIsQuiet() {
    var node = Bench.standby(BACKUP).at(1750).wake();
    var probe = node.idOf(Effect.ProbeAddresses.class);
    node.persisted().acquired();
    node.at(1760).give(new Input.Probed(1760 * Bench.MS, probe, true));
    assertThat(node.role()).isEqualTo(ACTIVE);
    for (var i = 1; i <= 5; i++) {
      node.at(1760 + i * 750L).wake();
      assertThat(node.kinds()).contains("Announce", "ProbeAddresses");
      node.announced(i < 5);
    }
    assertThat(node.at(9000).wake().kinds()).doesNotContain("Announce", "ProbeAddresses");
  }

  @Test
  void probeThatFailsDecidesNothing() {
    var node = Bench.standby(BACKUP).at(1750).wake();
    var probe = node.idOf(Effect.ProbeAddresses.class);
    node.persisted().acquired();
    node.give(new Input.EffectFailed(1760 * Bench.MS, probe, "EPERM"));
    assertThat(node.at(9000).wake().kinds()).containsExactly("Beacon");
  }

  // ---- announcements as signs of life --------------------------------------------------------

  @Test
  void partnerThatIsSilentButAnnouncesIsNotReplaced() {
    var node = Bench.standby(BACKUP);
    for (var millis = 1700L; millis < 9000; millis += 700) {
      node.at(millis).give(new Input.PartnerAnnounced(millis * Bench.MS));
      assertThat(node.role()).isEqualTo(STANDBY);
    }
    assertThat(node.wakeAtMillis()).isEqualTo(8700 + 750);
  }

  @Test
  void announcementDuringTheEvidenceEndsTheClaim() {
    var node = Bench.standby(BACKUP).at(1750).wake();
    node.at(1751).give(new Input.PartnerAnnounced(1751 * Bench.MS));
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.cause()).isEqualTo(Cause.PARTNER_ANNOUNCES);
    var atOnce = Bench.standby(BACKUP).at(1750).wake();
    atOnce.give(new Input.PartnerAnnounced(1750 * Bench.MS));
    assertThat(atOnce.cause()).isEqualTo(Cause.PARTNER_ANNOUNCES);
  }

  @Test
  void activeNodeSendsBeaconsWhileThePartnerIsSilent() {
    var node = Bench.active(PRIMARY);
    assertThat(node.wakeAtMillis()).isEqualTo(2250);
    assertThat(node.at(2249).wake().kinds()).isEmpty();
    assertThat(node.at(2250).wake().kinds()).containsExactly("Beacon");
    assertThat(node.wakeAtMillis()).isEqualTo(2500);
    assertThat(node.at(2499).wake().kinds()).isEmpty();
    assertThat(node.at(2500).wake().kinds()).containsExactly("Beacon");
    assertThat(node.at(2600).hears(STANDBY, 4).kinds()).doesNotContain("Beacon");
    assertThat(node.wakeAtMillis()).isEqualTo(2850);
  }

  @Test
  void ofTwoActiveThatHearOnlyAnnouncementsTheBackupYields() {
    var backup = Bench.active(BACKUP).at(5000);
    backup.give(new Input.PartnerAnnounced(5000 * Bench.MS));
    backup.at(5149).give(new Input.PartnerAnnounced(5149 * Bench.MS));
    assertThat(backup.role()).isEqualTo(ACTIVE);
    backup.at(5150).give(new Input.PartnerAnnounced(5150 * Bench.MS));
    assertThat(backup.cause()).isEqualTo(Cause.PARTNER_ANNOUNCES);
    var primary = Bench.active(PRIMARY).at(5000);
    primary.give(new Input.PartnerAnnounced(5000 * Bench.MS));
    assertThat(primary.role()).isEqualTo(ACTIVE);
    assertThat(primary.kinds()).contains("Announce");
  }

  @Test
  void anAnnouncementThatIsNotGoneOnWithEndsNothing() {
    var backup = Bench.active(BACKUP).at(5000);
    backup.give(new Input.PartnerAnnounced(5000 * Bench.MS));
    assertThat(backup.at(5700).wake().role()).isEqualTo(ACTIVE);
    backup.at(6000).give(new Input.PartnerAnnounced(6000 * Bench.MS));
    assertThat(backup.role()).isEqualTo(ACTIVE);
    backup.at(6090).hears(ACTIVE, 1);
    backup.at(7000).give(new Input.PartnerAnnounced(7000 * Bench.MS));
    assertThat(backup.role()).isEqualTo(ACTIVE);
  }

  @Test
  void announcementsOfAPartnerThatIsHeardDecideNothing() {
    var node = Bench.active(BACKUP).at(2100);
    node.give(new Input.PartnerAnnounced(2100 * Bench.MS));
    assertThat(node.role()).isEqualTo(ACTIVE);
    assertThat(node.kinds()).isEmpty();
  }

  // ---- configuration -------------------------------------------------------------------------

  @Test
  void partnerWithAnotherConfigurationIsReportedOnce() {
    var node = Bench.standby(BACKUP).at(1010).give(new Input.ConfigLoaded(1010, "other"));
    assertThat(node.notifies(Notice.Kind.CONFIG_MISMATCH)).isTrue();
    node.at(1100).hears(ACTIVE, 5);
    assertThat(node.notifies(Notice.Kind.CONFIG_MISMATCH)).isFalse();
    node.give(new Input.ConfigLoaded(1010, "digest"));
    assertThat(node.notifies(Notice.Kind.CONFIG_MISMATCH)).isFalse();
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  @Test
  void aNewPartnerWithAnotherConfigurationIsReported() {
    var node = Bench.started(BACKUP).give(new Input.ConfigLoaded(0, "other"));
    assertThat(node.notifies(Notice.Kind.CONFIG_MISMATCH)).isFalse();
    assertThat(node.at(50).hears(STANDBY, 3).notifies(Notice.Kind.CONFIG_MISMATCH)).isTrue();
  }

  @Test
  void newConfigurationOfThePartnerIsReportedAndItsNewRoleIsNot() {
    var node = Bench.standby(BACKUP).at(1010).give(new Input.ConfigLoaded(1010, "other"));
    node.at(1100).hears(STANDBY, 5);
    assertThat(node.notifies(Notice.Kind.CONFIG_MISMATCH)).isFalse();
    var word = node.says(STANDBY, 5);
    node.hears(
        0,
        new Heartbeat(
            word.node(),
            77,
            word.sequence(),
            5,
            STANDBY,
            true,
            0,
            3,
            word.flags(),
            "third",
            "",
            0));
    assertThat(node.notifies(Notice.Kind.CONFIG_MISMATCH)).isTrue();
  }
}
