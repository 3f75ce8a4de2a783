// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Somebody means harm: what he can, and what he cannot. */
class MaliceSimTest {

  private static final long WORLDS = Long.getLong("simulation.malice", 300);

  @Test
  void whoHasLinksInHisHandsButNotTheKeyDelaysATakeoverNoLongerThanStated() {
    var takeovers = 0L;
    for (var seed = 1L; seed <= WORLDS; seed++) {
      takeovers += Attacks.sealed(seed).invariants().takeovers();
    }
    assertThat(takeovers).as("the worlds do something").isGreaterThan(5 * WORLDS);
  }

  @Test
  void whoMakesWordsUpAndLiesAsTheWitnessDoesNoLastingHarm() {
    for (var seed = 1L; seed <= WORLDS; seed++) {
      assertThat(Attacks.open(seed).directors()).allMatch(Director::isRunning);
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    var first = Attacks.sealed(7).trace().toString();
    assertThat(Attacks.sealed(7).trace()).hasToString(first);
    assertThat(Attacks.sealed(8).trace().toString()).isNotEqualTo(first);
  }
}
