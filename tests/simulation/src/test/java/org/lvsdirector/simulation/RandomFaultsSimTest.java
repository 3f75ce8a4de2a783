// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomFaultsSimTest {

  /** More for a night: {@code tests/simulation/run hours 50000}. */
  private static final long HOURS = Long.getLong("simulation.hours", 1000);

  @Test
  void invariantsHoldUnderRandomFaults() {
    var campaign = Campaign.run(1, HOURS);
    System.out.println(campaign);
    assertThat(campaign.transitions()).as("the schedules do something").isGreaterThan(HOURS * 50);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    var first = Faults.run(42, Campaign.HOUR).trace().toString();
    assertThat(Faults.run(42, Campaign.HOUR).trace()).hasToString(first);
    assertThat(first).contains("CLAIMING->ACTIVE");
    assertThat(Faults.run(43, Campaign.HOUR).trace().toString()).isNotEqualTo(first);
  }
}
