// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Which threads of a director have it, by the real kernel, is in {@code tests/processes}. */
@Isolated("it is of the whole process")
class RealTimeTest {
  private final ScriptedLibc kernel = new ScriptedLibc();

  @AfterEach
  void forget() {
    RealTime.ask(kernel, 0);
  }

  @Test
  void threadsOfTheMachineHaveItAtOnceAndOthersWhenTheyEnter() {
    assertThat(RealTime.ask(kernel, 3)).isEqualTo(new RealTime.Status(3, ""));
    assertThat(kernel.scheduled).isNotEmpty().allMatch(call -> call.matches("[1-9][0-9]* 2 [34]"));
    kernel.scheduled.clear();
    RealTime.entering(() -> kernel.scheduled.add("body")).run();
    RealTime.enterFirst();
    assertThat(kernel.scheduled).containsExactly("0 1073741826 3", "body", "0 1073741826 4");
  }

  @Test
  void nothingIsDoneUnlessItIsAskedFor() {
    RealTime.ask(kernel, 0);
    RealTime.enter();
    assertThat(kernel.scheduled).isEmpty();
    assertThat(RealTime.status().isGiven()).isFalse();
  }

  @Test
  void aRefusalIsToldAndNobodyAsksAgain() {
    kernel.schedulingResult = -Errno.EPERM;
    assertThat(RealTime.ask(kernel, 3).problem()).isEqualTo("EPERM");
    RealTime.enter();
    assertThat(kernel.scheduled).hasSize(1);
    assertThat(RealTime.status().isGiven()).isFalse();
  }
}
