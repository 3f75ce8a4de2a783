package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The drill command on hosts of their own, with clients at work. */
class DrillIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aDrillWithReturnMovesTheRoleThereAndBackAndFailsNoConnection() throws IOException {
    try (var stage = Stage.open("drill", Profile.DEFAULT)) {
      stage.settle();
      var active = stage.lab().activeNode();
      var start = System.nanoTime();
      var said = stage.directors().command(active, "drill", "--return", "--json");
      var tcp = stage.tcp().result(start, System.nanoTime());
      System.out.println("\nThe lab: a drill with return, " + tcp + "\n" + said);
      var report = JSON.readTree(said);
      assertThat(report.path("isPassed").asBoolean()).as(said).isTrue();
      assertThat(report.path("rounds")).as(said).hasSize(2);
      for (var round : report.path("rounds")) {
        assertThat(round.path("isDone").asBoolean()).as(said).isTrue();
        assertThat(round.path("probes").asInt()).as(said).isGreaterThan(20);
        assertThat(round.path("failed").asInt()).as(said).isZero();
      }
      assertThat(report.path("rounds").get(0).path("from").asText()).isEqualTo(active.word());
      assertThat(report.path("rounds").get(1).path("to").asText()).isEqualTo(active.word());
      assertThat(tcp.failed()).as("connections of a client").isZero();
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
