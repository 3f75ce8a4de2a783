// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReconcileScheduleTest {
  private static final long MILLI = 1_000_000;
  private static final long MINUTE = 60_000 * MILLI;

  @Test
  void quietEngineIsLookedAtWhenTheWholeTableIsChecked() {
    assertThat(ReconcileSchedule.dueNanos(7, false, 0, 99 * MILLI)).isEqualTo(99 * MILLI);
  }

  @Test
  void inputIsTakenSoonWhateverTheTrouble() {
    assertThat(ReconcileSchedule.dueNanos(7, true, 0, MINUTE)).isEqualTo(7 + 10 * MILLI);
    assertThat(ReconcileSchedule.dueNanos(7, true, 1000, MINUTE)).isEqualTo(7 + 10 * MILLI);
  }

  @Test
  void retriesBackOff() {
    assertThat(ReconcileSchedule.dueNanos(0, false, 1, MINUTE)).isEqualTo(100 * MILLI);
    assertThat(ReconcileSchedule.dueNanos(0, false, 2, MINUTE)).isEqualTo(200 * MILLI);
    assertThat(ReconcileSchedule.dueNanos(0, false, 6, MINUTE)).isEqualTo(3_200 * MILLI);
    assertThat(ReconcileSchedule.dueNanos(0, false, 7, MINUTE)).isEqualTo(5_000 * MILLI);
    assertThat(ReconcileSchedule.dueNanos(0, false, Integer.MAX_VALUE, MINUTE))
        .isEqualTo(5_000 * MILLI);
  }

  @Test
  void aCheckThatIsDueMakesRetriesNeedless() {
    assertThat(ReconcileSchedule.dueNanos(0, false, 7, 50 * MILLI)).isEqualTo(50 * MILLI);
  }

  @Test
  void checksWithoutPauseLeaveAGapForTheirParts() {
    assertThat(ReconcileSchedule.dueNanos(7, false, 0, 8)).isEqualTo(7 + 10 * MILLI);
    assertThat(ReconcileSchedule.dueNanos(7, false, 3, 8)).isEqualTo(7 + 10 * MILLI);
  }

  @Test
  void theClockMayPassItsEnd() {
    assertThat(ReconcileSchedule.earlier(Long.MAX_VALUE, Long.MIN_VALUE + 5))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(ReconcileSchedule.earlier(Long.MIN_VALUE + 5, Long.MAX_VALUE))
        .isEqualTo(Long.MAX_VALUE);
  }
}
