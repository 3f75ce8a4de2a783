// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The drill command on hosts of their own, with clients at work. */
class DrillIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aDrillMovesTheRoleAndFailsNoConnection() throws IOException {
    try (var stage = Stage.open("drill", Profile.DEFAULT)) {
      stage.settle();
      var active = stage.lab().activeNode();
      var report = JSON.readTree(stage.directors().command(active, "drill", "--json"));
      assertThat(report.path("isPassed").asBoolean()).as("%s", report).isTrue();
      assertThat(report.path("rounds")).hasSize(1);
      assertThat(report.path("rounds").get(0).path("probes").asInt()).isGreaterThan(20);
      assertThat(stage.directors().isActive(active.other())).isTrue();
    }
  }

  @Test
  void aDrillWithReturnMovesTheRoleThereAndBackAndCutsOnlyWhatIsUnderWay() throws IOException {
    try (var stage = Stage.open("drill-return", Profile.DEFAULT)) {
      stage.settle();
      var active = stage.lab().activeNode();
      var start = System.nanoTime();
      var report = stage.directors().order(active, "drill/return");
      assertThat(report.path("isPassed").asBoolean()).as("%s", report).isTrue();
      var tcp = stage.tcp().result(start, System.nanoTime());
      var there = Planned.movedAt(stage, active.other(), start);
      var back = Planned.movedAt(stage, active, there);
      var cut = stage.tcp().failedAcross(start, there) + stage.tcp().failedAcross(start, back);
      var failures = stage.tcp().failures(start, System.nanoTime());
      System.out.printf(
          "%nThe lab: a drill with return, %s, %d cut, failed %s, address moved after %d and %d"
              + " ms%n%s%n",
          tcp, cut, failures, (there - start) / 1_000_000, (back - start) / 1_000_000, report);
      assertThat(there).as("announced").isPositive();
      assertThat(back).as("announced").isPositive();
      assertThat(report.path("rounds")).hasSize(2);
      assertThat(report.path("rounds")).allMatch(round -> round.path("isDone").asBoolean());
      assertThat(report.path("rounds").get(1).path("to").asText()).isEqualTo(active.word());
      assertThat(tcp.failed() - cut)
          .as("connections of a client, %s, %s", failures, report)
          .isZero();
      assertThat(stage.directors().isActive(active)).isTrue();
    }
  }

  @Test
  void aDrillIsRefusedWithItsReasonWhereItCannotWork() throws IOException {
    try (var stage = Stage.open("drill-refused", Profile.DEFAULT)) {
      stage.settle();
      var active = stage.lab().activeNode();
      stage.network().unplug(active, Net.PRIVATE);
      stage
          .lab()
          .await(
              "a link that is down",
              () ->
                  !stage.directors().status(active).path("links").get(1).path("isUp").asBoolean());
      var start = System.nanoTime();
      var report = stage.directors().order(active, "drill");
      assertThat(report.path("isPassed").asBoolean()).isFalse();
      assertThat(report.path("verdict").asText()).contains("link private is down");
      assertThat(stage.directors().transitions(start)).isEmpty();
    }
  }
}
