package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.Input.Order;
import org.lvsdirector.pulse.Policy;
import org.lvsdirector.pulse.Policy.Witnessing;

/** What random schedules once found. */
class RegressionSimTest {

  private static final Policy STRICT =
      Policy.DEFAULT.withWitness(Witnessing.STRICT, 3 * Timeline.SECOND);

  /** Wake-ups at once, claims without an end, old heartbeats that mattered. */
  @ParameterizedTest
  @ValueSource(longs = {2, 42, 59, 113, 166, 186})
  void seedThatOnceFailedHolds(long seed) {
    assertThat(Faults.run(seed, Campaign.HOUR).invariants().transitions()).isPositive();
  }

  @Test
  void plannedFailoverGoesThroughThoughTheOldActiveNodeHasTheLease() {
    var scenario =
        Scenario.settled("lease", Conditions.quiet().with(STRICT))
            .at(10_050, on -> on.order(PRIMARY, Order.FAILOVER))
            .until(20_000);
    assertThat(scenario.director(BACKUP).state().role()).isEqualTo(Role.ACTIVE);
    assertThat(scenario.transcript()).contains("order done", "worst outage 0 ms");
    assertThat(scenario.world().invariants().takeovers()).isEqualTo(2);
  }

  @Test
  void nodeCutOffFromTheTargetsGivesTheOtherTimeInsteadOfClaimingAgainAtOnce() {
    var targets = Conditions.quiet().with(Policy.DEFAULT.withTargets());
    var scenario =
        Scenario.settled("flap", targets).at(10_050, on -> on.port(PRIMARY, false)).until(60_000);
    assertThat(scenario.director(BACKUP).state().role()).isEqualTo(Role.ACTIVE);
    assertThat(scenario.world().invariants().takeovers()).isEqualTo(2);
  }

  @Test
  void strictActiveNodeCutOffFromEverythingReleasesBeforeTheOtherIsGranted() {
    var scenario =
        Scenario.settled("cut off", Conditions.quiet().with(STRICT))
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
}
