// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Cause;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Input.Order;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/**
 * What random schedules once found, told as a story each. Every one of them fails when the rule
 * that its comment names is taken out of the program.
 */
class RegressionSimTest {

  private static final Conditions QUIET = Conditions.quiet();
  private static final Conditions TARGETS = QUIET.with(Policy.DEFAULT.withTargets());
  private static final Conditions STRICT =
      QUIET.with(Policy.DEFAULT.withWitness(Witnessing.STRICT, 3 * Timeline.SECOND));
  private static final Conditions WITNESS =
      QUIET.with(Policy.DEFAULT.withWitness(Witnessing.CLAIM, 3 * Timeline.SECOND));

  private static Role roleOf(Scenario scenario, Node node) {
    return scenario.director(node).state().role();
  }

  /** Guards Partner.hear: another incarnation is heard only when the present one is quiet. */
  @Test
  void latePacketOfAnIncarnationThatWasNeverHeardDoesNotSilenceTheLivingOne() {
    var scenario =
        Scenario.settled("late incarnation", QUIET)
            .at(10_050, on -> on.director(BACKUP).receive(0, lateWord(on)))
            .until(20_000);
    assertThat(roleOf(scenario, PRIMARY)).isEqualTo(Role.ACTIVE);
    assertThat(scenario.world().invariants().takeovers()).isEqualTo(1);
  }

  private static Word lateWord(Scenario on) {
    var heartbeat =
        new Heartbeat(PRIMARY, 99, 900, 0, Role.STANDBY, true, 0, 0, Set.of(), "a1b2", "", 0);
    return new Word(heartbeat, 0, 0, on.director(PRIMARY).facts());
  }

  /** Guards Partner.idleSinceNanos: claims that fail do not begin the partner's patience anew. */
  @Test
  void nodeWhoseClaimsFailAgainAndAgainDoesNotKeepTheOtherWaiting() {
    var scenario = Scenario.empty("futile claims", WITNESS);
    scenario.cutFrom(BACKUP, 0, true);
    scenario.cutFrom(BACKUP, 1, true);
    scenario.arp(true);
    scenario.witness(PRIMARY, true);
    scenario.director(PRIMARY).start();
    scenario.director(BACKUP).start();
    scenario.until(4 * 750 + 250);
    assertThat(scenario.director(BACKUP).isActive())
        .as("listened for deadtime, then waited for three\n%s", scenario.transcript())
        .isTrue();
  }

  /** Guards Intake.changeLink: a link that opens again beside another begins no new listening. */
  @Test
  void linkThatComesAndGoesBesideAnotherDoesNotPutATakeoverOff() {
    var scenario =
        Scenario.settled("flapping link", QUIET).at(10_050, on -> on.director(PRIMARY).crashHost());
    for (var millis = 10_100L; millis < 20_000; millis += 300) {
      var isOpen = millis / 300 % 2 == 0;
      scenario.at(
          millis,
          on ->
              on.director(BACKUP)
                  .give(new Input.LinkChanged(on.director(BACKUP).local(), 1, isOpen)));
    }
    scenario.until(11_000);
    assertThat(scenario.director(BACKUP).isActive()).isTrue();
  }

  /** Guards Serving.hasDeafRivalForLong: the one that hears gives way to the one that does not. */
  @Test
  void ofTwoActiveTheOnlyOneThatHearsGivesWayAfterDeadtime() {
    var scenario =
        Scenario.settled("one way heals", QUIET)
            .at(
                10_050,
                on -> {
                  on.cut(0, true);
                  on.cut(1, true);
                  on.arp(true);
                })
            .at(15_000, on -> on.cutFrom(PRIMARY, 0, false))
            .until(15_900);
    assertThat(scenario.director(PRIMARY).isActive()).isTrue();
    assertThat(scenario.director(BACKUP).isActive()).isFalse();
    assertThat(scenario.transcript()).contains("cause=rival-deaf");
  }

  /** Guards Claiming.gatherOverdue: a disk that hangs delays a takeover by two keepalives. */
  @Test
  void diskThatHangsDoesNotHoldAClaimForEver() {
    var scenario =
        Scenario.settled("disk hangs", QUIET)
            .at(10_000, on -> on.director(BACKUP).machine().deeds().hangDisk())
            .at(10_050, on -> on.director(PRIMARY).crashHost())
            .until(10_050 + 750 + 200 + 50);
    assertThat(scenario.director(BACKUP).isActive()).isTrue();
  }

  /**
   * Guards ActiveRules.wakeAt: while it listens after a stall a node does not ask for old wake-ups.
   */
  @Test
  void activeNodeWithAContestThatStallsDoesNotWakeInACircle() {
    var scenario =
        Scenario.settled("contest and stall", QUIET)
            .at(10_050, on -> on.director(PRIMARY).crashProcess())
            .at(12_000, on -> on.director(BACKUP).stall(2 * Timeline.SECOND))
            .until(20_000);
    assertThat(scenario.director(BACKUP).isActive()).isTrue();
    assertThat(scenario.director(BACKUP).state().active().contestAtNanos())
        .as("the dead process still answers")
        .isNotEqualTo(Long.MAX_VALUE);
  }

  /** Guards Serving.stopAsked: what the partner said before its stop command is out of date. */
  @Test
  void nodeToldToStopOnAnotherWayDoesNotClaimOnWhatThePartnerSaidBefore() {
    var scenario =
        Scenario.settled("stop on another way", QUIET)
            .at(
                10_050,
                on -> {
                  on.cut(0, true);
                  on.cut(1, true);
                  on.director(PRIMARY).give(new Input.StopAsked(on.director(PRIMARY).local(), 2));
                })
            .until(10_500);
    assertThat(roleOf(scenario, PRIMARY)).isEqualTo(Role.STANDBY);
    assertThat(scenario.transcript())
        .contains("cause=told-to-stop")
        .doesNotContain("STANDBY->CLAIMING");
  }

  /** Guards Rivals.right: who has taken what was offered goes first, lease or not. */
  @Test
  void plannedFailoverGoesThroughThoughTheOldActiveNodeHasTheLease() {
    var scenario =
        Scenario.settled("lease", STRICT)
            .at(10_050, on -> on.order(PRIMARY, Order.FAILOVER))
            .until(20_000);
    assertThat(roleOf(scenario, BACKUP)).isEqualTo(Role.ACTIVE);
    assertThat(scenario.transcript()).contains("order done", "worst outage 0 ms");
    assertThat(scenario.world().invariants().takeovers()).isEqualTo(2);
  }

  /** Guards Claim.onIdle: of two idle nodes the one that is cut off lets the other go first. */
  @Test
  void nodeCutOffFromTheTargetsGivesTheOtherTimeInsteadOfClaimingAgainAtOnce() {
    var scenario =
        Scenario.settled("flap", TARGETS).at(10_050, on -> on.port(PRIMARY, false)).until(60_000);
    assertThat(roleOf(scenario, BACKUP)).isEqualTo(Role.ACTIVE);
    assertThat(scenario.world().invariants().takeovers()).isEqualTo(2);
    assertThat(scenario.transcript()).doesNotContain("PRIMARY role STANDBY->CLAIMING");
  }

  /** Guards Serving.isLeaseLost: without lease and partner a strict node lets go in time. */
  @Test
  void strictActiveNodeCutOffFromEverythingReleasesBeforeTheOtherIsGranted() {
    var scenario =
        Scenario.settled("cut off", STRICT)
            .at(
                10_050,
                on -> {
                  on.port(PRIMARY, false);
                  on.cut(1, true);
                })
            .until(30_000);
    assertThat(scenario.director(PRIMARY).isActive()).isFalse();
    assertThat(scenario.director(BACKUP).isActive()).isTrue();
    assertThat(scenario.world().invariants().rivalry().worstNanos()).isZero();
  }

  /** Guards Claim.onSilence: an announcement is a sign of life. */
  @Test
  void partnerThatOnlyAnnouncesIsNotTakenOver() {
    var scenario =
        Scenario.settled("announces", QUIET)
            .at(
                10_050,
                on -> {
                  on.cut(0, true);
                  on.cut(1, true);
                })
            .until(60_000);
    assertThat(scenario.world().invariants().takeovers()).isEqualTo(1);
    assertThat(scenario.world().invariants().claimsOnSilence()).isZero();
  }

  /** Guards Resting.starting: who was ordered out before a reboot does not take over. */
  @Test
  void nodeOrderedOutDoesNotTakeOverAfterAReboot() {
    var scenario =
        Scenario.settled("ordered out", QUIET)
            .at(10_050, on -> on.order(BACKUP, Order.STANDBY))
            .at(11_000, on -> on.director(BACKUP).crashHost())
            .at(12_000, on -> on.director(BACKUP).start())
            .at(13_000, on -> on.director(PRIMARY).crashHost())
            .until(60_000);
    assertThat(roleOf(scenario, BACKUP)).isEqualTo(Role.MAINTENANCE);
    assertThat(scenario.director(BACKUP).state().cause()).isEqualTo(Cause.ORDERED);
  }
}
