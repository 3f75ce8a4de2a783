// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody reads the log of a director, as when journald hangs; then the other one is killed. */
class UnreadLogIT {
  private static final Profile PROFILE =
      Profile.DEFAULT.with("ping_target = " + Net.PUBLIC.ipv4(Node.ROUTER.number()));
  private static final int ROUNDS = Integer.getInteger("lab.rounds", 6);
  private static final Report REPORT = new Report();
  private static Stage stage;

  @BeforeAll
  static void open() throws IOException {
    stage = Stage.open("unread-log", PROFILE);
    stage.directors().throughReaders();
  }

  @AfterAll
  static void close() throws IOException {
    var settings = "keepalive %s, deadtime %s".formatted(PROFILE.keepalive(), PROFILE.deadtime());
    System.out.println("\nThe lab: " + settings + ", logs that nobody reads\n" + REPORT.text());
    if (stage != null) {
      stage.close();
    }
  }

  private static Scene scene(String name) throws IOException {
    return new Scene(stage, REPORT, name);
  }

  /** Stops the readers, and the fault begins. */
  private static void stopReaders(Scene scene, Node... nodes) throws IOException {
    for (var node : nodes) {
      stage.directors().stopReader(node);
    }
    // The log of one that is killed in this state ends where its reader stopped.
    assertThat(stage.directors().isActive(scene.active)).isTrue();
    assertThat(stage.directors().isReady(scene.standby)).isTrue();
    scene.startNanos = System.nanoTime();
  }

  private static long dropped(Node node) {
    return stage.directors().status(node).at("/log/dropped").asLong();
  }

  @Test
  void onTheActiveOneAndNothingElseHappens() throws IOException {
    var scene = scene("log unread on the active, for 4 deadtimes");
    stopReaders(scene, scene.active);
    Waiting.nanos(4 * scene.deadtimeNanos());
    scene.note(dropped(scene.active) + " lines dropped");
    stage.directors().resumeReader(scene.active);
    scene.expectNothing();
  }

  @Test
  void onTheActiveOneAndTheStandbyIsKilled() throws IOException {
    var scene = scene("log unread on the active, standby killed");
    stopReaders(scene, scene.active);
    stage.directors().kill(scene.standby);
    Waiting.nanos(3 * scene.deadtimeNanos());
    scene.note(dropped(scene.active) + " lines dropped");
    stage.directors().resumeReader(scene.active);
    scene.expectNothing();
  }

  @Test
  void onTheActiveOneWhichLosesItsPower() throws IOException {
    var scene = scene("log unread on the active, its power fails");
    stopReaders(scene, scene.active);
    takeOver(scene);
  }

  @Test
  void onTheStandbyWhichTakesOver() throws IOException {
    var scene = scene("log unread on the standby, active killed");
    stopReaders(scene, scene.standby);
    takeOver(scene);
  }

  @Test
  void onBothAndTheStandbyTakesOver() throws IOException {
    var scene = scene("log unread on both, active killed");
    stopReaders(scene, scene.active, scene.standby);
    takeOver(scene);
  }

  @Test
  void onBothAgainAndAgainAndNoOutageIsLongerThanUsual() throws IOException {
    var outages = new ArrayList<Long>();
    for (var i = 0; i < ROUNDS; i++) {
      var scene = scene("log unread on both, takeover %d of %d".formatted(i + 1, ROUNDS));
      stopReaders(scene, scene.active, scene.standby);
      takeOver(scene);
      outages.add(stage.udp().outage(scene.startNanos, System.nanoTime()).longestMillis());
    }
    System.out.printf(
        "%nThe lab: %d takeovers while nobody read the log of either: outage ms median %d worst"
            + " %d%n",
        ROUNDS, median(outages), Collections.max(outages));
    assertThat(outages).allMatch(one -> one < 4L * PROFILE.deadtimeMillis());
  }

  /** The power of the active host fails; a host without power keeps its memory here. */
  private static void takeOver(Scene scene) throws IOException {
    stage.lab().powerOff(scene.active);
    stage.awaitTakeover(scene.standby);
    var taken = System.nanoTime();
    scene.note(dropped(scene.standby) + " lines dropped");
    for (var node : List.of(scene.active, scene.standby)) {
      stage.directors().resumeReader(node);
    }
    stage.lab().await("the takeover is in the log", () -> !scene.transitions().isEmpty());
    scene.expectTakeover(taken, 0);
    stage.lab().powerOn(scene.active);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
