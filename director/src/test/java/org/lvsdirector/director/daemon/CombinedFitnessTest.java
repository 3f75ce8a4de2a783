// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.lvsd.Fitness;

class CombinedFitnessTest {
  private final List<String> told = new ArrayList<>();
  private final CombinedFitness fitness =
      new CombinedFitness((isFit, reason) -> told.add(isFit + " " + reason));

  @Test
  void bothMustBeWell() {
    fitness.engine(new Fitness.Fit());
    fitness.devices("eth0 has no carrier");
    fitness.engine(new Fitness.NotFit("no server"));
    fitness.devices("");
    fitness.engine(new Fitness.Fit());
    assertThat(told)
        .containsExactly(
            "true ", "false eth0 has no carrier", "false no server", "false no server", "true ");
  }

  @Test
  void anEngineThatCannotServeTheFileIsNotFit() {
    fitness.services("the proxy engine cannot serve web");
    fitness.devices("eth0 has no carrier");
    fitness.engine(new Fitness.Fit());
    fitness.services("");
    assertThat(told)
        .containsExactly("false the proxy engine cannot serve web", "false eth0 has no carrier");
  }

  @Test
  void nothingIsSaidBeforeTheEngineWasHeardOf() {
    fitness.devices("");
    fitness.devices("there is no interface eth7");
    assertThat(told).isEmpty();
    fitness.engine(new Fitness.Fit());
    assertThat(told).containsExactly("false there is no interface eth7");
  }
}
