// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.YIELDING;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Settings;

class TakeoverStoryTest {

  private static final long MS = 1_000_000;

  @ParameterizedTest
  @EnumSource(Node.class)
  void aStandbyTakesOverHandsOverAndTakesAnOffer(Node node) {
    var settings = new Settings(node, true, List.of("public", "private"), 20 * MS, 70 * MS);
    assertThat(TakeoverStory.tell(settings))
        .containsExactly(STANDBY, CLAIMING, ACTIVE, YIELDING, STANDBY, CLAIMING, ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(Node.class)
  void theStoryGoesOnWithTargetsAWitnessAndSynchronisation(Node node) {
    var policy =
        Policy.DEFAULT
            .withTargets()
            .withWitness(Policy.Witnessing.STRICT, 5_000 * MS)
            .withSync()
            .withFailback(60_000 * MS, 600_000 * MS);
    var settings =
        new Settings(node, true, List.of("public", "private"), 100 * MS, 750 * MS, policy);
    assertThat(TakeoverStory.tell(settings))
        .containsSubsequence(STANDBY, CLAIMING, ACTIVE, YIELDING, STANDBY, CLAIMING, ACTIVE);
  }
}
