// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.lvsd.Pool.A;
import static org.lvsdirector.lvsd.Pool.B;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Health;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableDiff;
import org.lvsdirector.lvsd.FitnessGate.Outcome;

class FitnessGateTest {
  private static final Outcome TROUBLE = new Outcome.Trouble("no answer");
  private static final FitnessGate.State FIT =
      FitnessGate.step(FitnessGate.State.INITIAL, new Outcome.Follows());
  private static final Table WITH_A =
      Planner.desired(Pool.config(Pool.web(A)), Pool.health(A, Health.State.UP), Overrides.NONE);
  private static final Table WITH_A_AND_B =
      Planner.desired(
          Pool.config(Pool.web(A, B)),
          Pool.health(A, Health.State.UP, B, Health.State.UP),
          Overrides.NONE);

  @Test
  void engineThatFollowsIsFit() {
    assertThat(FIT.fitness()).isEqualTo(new Fitness.Fit());
  }

  @Test
  void unusableEngineIsNotFitAtOnceAndFitAgainAtOnce() {
    var state = FitnessGate.step(FIT, new Outcome.Unusable("no module"));
    assertThat(state.fitness()).isEqualTo(new Fitness.NotFit("the engine is unusable: no module"));
    assertThat(FitnessGate.step(state, new Outcome.Follows())).isEqualTo(FIT);
  }

  @Test
  void troubleIsBorneTwiceButNotThreeTimesInARow() {
    var once = FitnessGate.step(FIT, TROUBLE);
    var twice = FitnessGate.step(once, TROUBLE);
    var thrice = FitnessGate.step(twice, TROUBLE);
    assertThat(once.fitness()).isEqualTo(new Fitness.Fit());
    assertThat(twice.fitness()).isEqualTo(new Fitness.Fit());
    assertThat(thrice.fitness()).isEqualTo(new Fitness.NotFit("no answer"));
    var interrupted = FitnessGate.step(FitnessGate.step(twice, new Outcome.Follows()), TROUBLE);
    assertThat(interrupted.fitness()).isEqualTo(new Fitness.Fit());
  }

  @Test
  void troubleFromTheBeginningIsNotBorne() {
    assertThat(FitnessGate.step(FitnessGate.State.INITIAL, TROUBLE).fitness())
        .isEqualTo(new Fitness.NotFit("no answer"));
  }

  private static Outcome outcome(Table held, Table desired) {
    var refusals =
        TableDiff.between(held, desired).stream().map(op -> new Refusal(op, "EPERM")).toList();
    return FitnessGate.outcome(refusals, desired, held);
  }

  @Test
  void refusedRemovalIsTroubleAndARefusedAdditionIsNot() {
    assertThat(outcome(WITH_A_AND_B, WITH_A))
        .isEqualTo(new Outcome.Trouble("the engine refuses a change: EPERM"));
    assertThat(outcome(WITH_A, WITH_A_AND_B)).isEqualTo(new Outcome.Follows());
  }

  @Test
  void holdingNoneOfTheDesiredServicesIsTrouble() {
    assertThat(outcome(Table.EMPTY, WITH_A))
        .isEqualTo(new Outcome.Trouble("the engine holds none of the services: EPERM"));
    assertThat(FitnessGate.outcome(List.of(), Table.EMPTY, Table.EMPTY))
        .isEqualTo(new Outcome.Follows());
  }
}
