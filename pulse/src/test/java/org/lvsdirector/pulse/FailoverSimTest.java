package org.lvsdirector.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailoverSimTest {

  private static final int SEEDS = 300;
  private static final long SECONDS = 300;

  @Test
  void invariantsHoldUnderRandomFaults() {
    var transitions = 0;
    var events = 0L;
    for (var seed = 1; seed <= SEEDS; seed++) {
      var nodes = new TwoNodes(seed);
      nodes.run(SECONDS);
      transitions += nodes.transitions();
      events += nodes.events();
    }
    System.out.printf(
        "simulated %.1f hours: %d events, %d changes of role%n",
        SEEDS * SECONDS / 3600.0, events, transitions);
    assertThat(transitions).as("the schedules do something").isGreaterThan(SEEDS * 20);
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    var first = new TwoNodes(42);
    var second = new TwoNodes(42);
    first.run(SECONDS);
    second.run(SECONDS);
    assertThat(first.trace()).isEqualTo(second.trace()).contains("CLAIMING->ACTIVE");
    var other = new TwoNodes(43);
    other.run(SECONDS);
    assertThat(other.trace()).isNotEqualTo(first.trace());
  }
}
