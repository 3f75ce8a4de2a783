package org.lvsdirector.lvsd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  @Test
  void quietEngineIsLookedAtOnceInFiveSeconds() {
    assertThat(Pace.dueNanos(7, false, 0)).isEqualTo(7 + 5_000 * MILLI);
  }

  @Test
  void inputIsTakenSoonWhateverTheTrouble() {
    assertThat(Pace.dueNanos(7, true, 0)).isEqualTo(7 + 10 * MILLI);
    assertThat(Pace.dueNanos(7, true, 1000)).isEqualTo(7 + 10 * MILLI);
  }

  @Test
  void retriesBackOffUpToThePeriod() {
    assertThat(Pace.dueNanos(0, false, 1)).isEqualTo(100 * MILLI);
    assertThat(Pace.dueNanos(0, false, 2)).isEqualTo(200 * MILLI);
    assertThat(Pace.dueNanos(0, false, 6)).isEqualTo(3_200 * MILLI);
    assertThat(Pace.dueNanos(0, false, 7)).isEqualTo(5_000 * MILLI);
    assertThat(Pace.dueNanos(0, false, Integer.MAX_VALUE)).isEqualTo(5_000 * MILLI);
  }
}
