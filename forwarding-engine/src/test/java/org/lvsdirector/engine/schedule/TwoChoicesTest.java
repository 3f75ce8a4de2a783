// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.SchedulerName;

class TwoChoicesTest {

  @Test
  void theLessLoadedOfTwoDrawsIsTaken() {
    var pool = new Pool(SchedulerName.TWOS).add(1, 1);
    var servers = List.of(pool.server('B'), pool.server('A'));
    pool.server('B').connections(1, 0);
    assertThat(TwoChoices.choose(servers, 1, 2)).isSameAs(pool.server('A'));
    assertThat(TwoChoices.choose(servers, 2, 1)).isSameAs(pool.server('A'));
    assertThat(TwoChoices.choose(servers, 1, 1)).isSameAs(pool.server('B'));
  }

  @Test
  void ofEqualsTheFirstDrawWins() {
    var pool = new Pool(SchedulerName.TWOS).add(1, 1);
    var servers = List.of(pool.server('B'), pool.server('A'));
    assertThat(TwoChoices.choose(servers, 1, 2)).isSameAs(pool.server('B'));
    assertThat(TwoChoices.choose(servers, 2, 1)).isSameAs(pool.server('A'));
  }

  @Test
  void loadIsComparedByWeight() {
    var pool = new Pool(SchedulerName.TWOS).add(1, 3);
    var servers = List.of(pool.server('B'), pool.server('A'));
    pool.server('A').connections(1, 0);
    pool.server('B').connections(2, 0);
    assertThat(TwoChoices.choose(servers, 4, 1)).isSameAs(pool.server('B'));
    pool.server('B').connections(4, 0);
    assertThat(TwoChoices.choose(servers, 1, 4)).isSameAs(pool.server('A'));
  }

  /** A draw of 0 falls to the first server of the list too. */
  @Test
  void aDrawFallsToTheServerInWhoseWeightItIs() {
    var pool = new Pool(SchedulerName.TWOS).add(2, 0, 3, 1);
    pool.overload('D');
    var servers = List.of(pool.server('D'), pool.server('C'), pool.server('B'), pool.server('A'));
    assertThat(TwoChoices.totalWeight(servers)).isEqualTo(5);
    var drawn = new StringBuilder();
    for (var draw = 0; draw <= 5; draw++) {
      drawn.append(pool.name(TwoChoices.choose(servers, draw, draw)));
    }
    assertThat(drawn.toString()).isEqualTo("CCCCAA");
  }

  @Test
  void nobodyIsChosenWhereNobodyMayBe() {
    assertThat(new Pool(SchedulerName.TWOS).choose(1)).isEqualTo("-");
    assertThat(new Pool(SchedulerName.TWOS).add(0, 0).choose(2)).isEqualTo("--");
  }

  @Test
  void everyServerHasItsShareOfIdleOnes() {
    var turns = new Pool(SchedulerName.TWOS).add(30, 20, 10, 0).choose(6_000);
    assertThat(turns.chars().filter(c -> c == 'A').count()).isBetween(2_800L, 3_200L);
    assertThat(turns.chars().filter(c -> c == 'B').count()).isBetween(1_800L, 2_200L);
    assertThat(turns.chars().filter(c -> c == 'C').count()).isBetween(800L, 1_200L);
    assertThat(turns).doesNotContain("D");
  }
}
