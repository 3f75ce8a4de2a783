// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Role;

class TransitionTableTest {

  @Test
  void everyCauseButTheFirstIsInTheTable() {
    Set<Cause> used = EnumSet.noneOf(Cause.class);
    TransitionTable.ROWS.forEach(row -> used.addAll(row.causes()));
    assertThat(used).isEqualTo(EnumSet.complementOf(EnumSet.of(Cause.STARTED)));
  }

  @Test
  void changesThatAreNotInTheTableAreNotAllowed() {
    var change = new Transition(Role.FAULT, Role.ACTIVE, Cause.ACQUIRED, 0, 1, List.of());
    assertThat(TransitionTable.allows(change)).isFalse();
    var cause = new Transition(Role.FAULT, Role.STANDBY, Cause.ACQUIRED, 0, 1, List.of());
    assertThat(TransitionTable.allows(cause)).isFalse();
    var row = new Transition(Role.FAULT, Role.STANDBY, Cause.FIT, 0, 1, List.of());
    assertThat(TransitionTable.allows(row)).isTrue();
  }

  @Test
  void afterTheEndNothingFollows() {
    var ended = Bench.standby(BACKUP).at(1100).stop(true);
    var before = ended.state;
    assertThat(ended.at(9000).wake().state).isEqualTo(before);
    assertThat(ended.effects).isEmpty();
    assertThat(ended.wakeAtMillis()).isEqualTo(-1);
  }
}
