// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Somebody means harm: what he can, and what he cannot. */
class MaliceSimTest {

  private static final long WORLDS = Long.getLong("simulation.malice", 60);

  @Test
  void whoHasLinksInHisHandsButNotTheKeyDelaysATakeoverNoLongerThanStated() {
    var takeovers = 0L;
    for (var seed = 1L; seed <= WORLDS; seed++) {
      takeovers += Attacks.run(seed).invariants().takeovers();
    }
    assertThat(takeovers).as("the worlds do something").isGreaterThan(5 * WORLDS);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    var first = Attacks.run(7).trace().toString();
    assertThat(Attacks.run(7).trace()).hasToString(first);
    assertThat(Attacks.run(8).trace().toString()).isNotEqualTo(first);
  }
}
