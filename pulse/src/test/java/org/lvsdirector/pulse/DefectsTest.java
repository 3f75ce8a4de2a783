// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DefectsTest {
  private final Defects defects = new Defects();

  private boolean fails(String... nested) {
    for (var what : nested) {
      defects.begin(what);
    }
    return defects.isEndless();
  }

  private void succeeds(String... nested) {
    for (var what : nested) {
      defects.begin(what);
    }
    for (var _ : nested) {
      defects.done();
    }
  }

  @Test
  void aDefectThatComesEachTimeIsEndless() {
    assertThat(IntStream.rangeClosed(1, Defects.MOST_IN_A_ROW).mapToObj(_ -> fails("turn")))
        .last()
        .isEqualTo(true);
    assertThat(defects.count()).isEqualTo(Defects.MOST_IN_A_ROW);
  }

  @Test
  void oneThatPassesInBetweenIsNot() {
    for (var i = 0; i < 10 * Defects.MOST_IN_A_ROW; i++) {
      assertThat(fails("turn", "Heard")).isFalse();
      succeeds("turn", "Heard");
    }
  }

  @Test
  void whatSucceedsBesideDoesNotHideIt() {
    for (var i = 1; i < Defects.MOST_IN_A_ROW; i++) {
      assertThat(fails("turn", "action", "Heard")).isFalse();
      succeeds("turn", "action", "Wake", "heartbeat");
    }
    assertThat(fails("turn", "action", "Heard")).isTrue();
  }

  @Test
  void theInnermostIsBlamed() {
    defects.begin("turn");
    defects.begin("Wake");
    defects.begin("heartbeat");
    defects.done();
    assertThat(defects.doing()).isEqualTo("Wake");
  }
}
