// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PatienceTest {
  /** Names are looked up, then the engine is waited for. */
  @Test
  void aReloadIsWaitedForLongerThanItsPartsTakeTogether() {
    assertThat(Patience.RELOAD_ANSWER).isGreaterThan(Patience.NAMES.plus(Patience.RECONCILIATION));
  }

  @Test
  void anOrderAndADrillThereAndBackAreWaitedForToTheirEnds() {
    assertThat(Patience.ORDER_ANSWER).isGreaterThan(Patience.ORDER);
    assertThat(Patience.DRILL_ANSWER).isGreaterThan(Patience.ORDER.multipliedBy(2));
  }
}
