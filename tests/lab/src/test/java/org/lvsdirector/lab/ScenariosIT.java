// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every fault that the lab knows, at the default timers, with clients at work. Prints the table of
 * scenarios; fails on gross excess only, since machines are noisy.
 */
class ScenariosIT {
  private static final Profile PROFILE =
      Profile.DEFAULT.with("ping_target = " + Net.PUBLIC.ipv4(Node.ROUTER.number()));
  private static final int PLANNED = 6;
  private static final Report REPORT = new Report();
  private static Stage stage;

  @BeforeAll
  static void open() throws IOException {
    stage = Stage.open("scenarios", PROFILE);
  }

  @AfterAll
  static void close() throws IOException {
    var settings = "keepalive %s, deadtime %s".formatted(PROFILE.keepalive(), PROFILE.deadtime());
    System.out.println("\nThe lab: " + settings + "\n" + REPORT.text());
    if (stage != null) {
      stage.close();
    }
  }

  private static Scene scene(String name) throws IOException {
    return new Scene(stage, REPORT, name);
  }

  @Test
  void powerOfTheActiveHostFails() throws IOException {
    var scene = scene("power of the active host fails");
    stage.lab().powerOff(scene.active);
    stage.awaitTakeover(scene.standby);
    // A host without power keeps its memory here, so its kernel does not count.
    scene.expectTakeover(System.nanoTime(), 0);
    stage.lab().powerOn(scene.active);
  }

  @Test
  void powerOfTheStandbyHostFails() throws IOException {
    var scene = scene("power of the standby host fails");
    stage.lab().powerOff(scene.standby);
    Waiting.nanos(3 * scene.deadtimeNanos());
    scene.expectNothing();
    stage.lab().powerOn(scene.standby);
  }

  @Test
  void activeDaemonIsKilledAndItsUnitReleases() throws IOException {
    var scene = scene("active daemon killed, its unit releases");
    stage.directors().kill(scene.active);
    stage.directors().release(scene.active);
    stage.awaitTakeover(scene.standby);
    scene.expectTakeover(scene.startNanos, scene.dualBoundNanos());
  }

  @Test
  void activeDaemonIsKilledAndRestartedInPlace() throws IOException {
    var scene = scene("active daemon killed, restarted in place");
    stage.directors().kill(scene.active);
    stage.directors().start(scene.active);
    stage.lab().await("one role each", () -> stage.directors().isReady(scene.active));
    stage.awaitTakeover(scene.standby);
    scene.note("returned as standby");
    // Until the new daemon speaks, nobody can take the address off the dead one's kernel.
    scene.expectTakeover(scene.firstChange(scene.active), scene.dualBoundNanos());
  }

  @Test
  void activeDaemonIsStoppedAndHandsOver() throws IOException {
    var scene = scene("active daemon stopped (SIGTERM)");
    stage.directors().stop(scene.active);
    stage.awaitTakeover(scene.standby);
    scene.expectTakeover(scene.startNanos, scene.dualBoundNanos());
  }

  @Test
  void operatorOrdersAFailover() throws IOException {
    var scene = scene("failover by order");
    var orders = new ArrayList<>(List.of(Planned.carryOut(stage, scene.active)));
    var first = Planned.seen(stage, orders.getFirst());
    scene.note("%d of %d new connections failed".formatted(first.failed(), first.connections()));
    scene.expectTakeover(scene.startNanos, scene.dualBoundNanos());
    while (orders.size() < PLANNED) {
      stage.settle();
      orders.add(Planned.carryOut(stage, stage.lab().activeNode()));
    }
    var all = new ArrayList<Planned>();
    for (var order : orders) {
      all.add(Planned.seen(stage, order));
    }
    System.out.println("\n" + Planned.text(all));
    assertThat(all).as("announcements").allMatch(one -> one.announced() >= 0);
    assertThat(all).as("new connections").allMatch(one -> one.failed() == 0);
    // A crash costs clients that much at least.
    assertThat(Planned.medianOutage(all))
        .isLessThan(PROFILE.deadtimeMillis() - PROFILE.keepaliveMillis());
  }

  @Test
  void activeDaemonHangs() throws IOException {
    var scene = scene("active daemon hangs (SIGSTOP), then goes on");
    stage.directors().freeze(scene.active);
    stage.lab().await("takeover", () -> stage.directors().isActive(scene.standby));
    Waiting.nanos(scene.deadtimeNanos());
    var thawed = System.nanoTime();
    stage.directors().thaw(scene.active);
    scene.awaitOne();
    scene.note("%d ms both after it".formatted(bothSince(thawed)));
    scene.expectMoved(thawed, scene.dualBoundNanos());
  }

  @Test
  void activeDaemonStallsForLessThanDeadtime() throws IOException {
    var scene = scene("active daemon stalls for half of deadtime");
    var freezer = stage.network().freezer(stage.directors().pids(scene.active));
    scene.note("by " + freezer.freeze());
    Waiting.nanos(scene.deadtimeNanos() / 2);
    freezer.thaw();
    Waiting.nanos(2 * scene.deadtimeNanos());
    scene.expectNothing();
  }

  @Test
  void activeDaemonStallsForLongerThanDeadtime() throws IOException {
    var scene = scene("active daemon stalls for 2 deadtimes");
    var freezer = stage.network().freezer(stage.directors().pids(scene.active));
    var means = freezer.freeze();
    stage.lab().await("takeover", () -> stage.directors().isActive(scene.standby));
    Waiting.nanos(scene.deadtimeNanos());
    var thawed = System.nanoTime();
    freezer.thaw();
    scene.awaitOne();
    scene.note("by %s, %d ms both after it".formatted(means, bothSince(thawed)));
    scene.expectMoved(thawed, scene.dualBoundNanos());
  }

  @Test
  void privateCableIsPulled() throws IOException {
    var scene = scene("private cable pulled");
    stage.network().unplug(scene.active, Net.PRIVATE);
    Waiting.nanos(3 * scene.deadtimeNanos());
    scene.expectNothing();
  }

  @Test
  void publicCableOfTheActiveHostIsPulled() throws IOException {
    var scene = scene("public cable of the active host pulled");
    stage.network().unplug(scene.active, Net.PUBLIC);
    stage.awaitTakeover(scene.standby);
    scene.expectTakeover(scene.startNanos, scene.dualBoundNanos());
  }

  @Test
  void bothHeartbeatCablesOfTheActiveHostArePulledAndMended() throws IOException {
    var scene = scene("full partition, healed");
    stage.network().unplug(scene.active, Net.PUBLIC, Net.PRIVATE);
    stage.awaitTakeover(scene.standby);
    Waiting.nanos(scene.deadtimeNanos());
    var healed = System.nanoTime();
    stage.network().mend(scene.active);
    scene.awaitOne();
    scene.note("%d ms both after healing".formatted(bothSince(healed)));
    scene.expectMoved(healed, scene.dualBoundNanos());
  }

  @Test
  void activeHostBecomesMute() throws IOException {
    var scene = scene("one-way cut: the active host is not heard");
    stage.network().mute(scene.active, Net.PUBLIC);
    stage.network().mute(scene.active, Net.PRIVATE);
    stage.awaitTakeover(scene.standby);
    scene.expectTakeover(scene.startNanos, scene.dualBoundNanos());
  }

  @Test
  void activeHostBecomesDeafToHeartbeats() throws IOException {
    var scene = scene("one-way cut: the active host hears no heartbeat");
    stage.network().deafenToHeartbeats(scene.active);
    Waiting.nanos(4 * scene.deadtimeNanos());
    scene.expectOne(scene.startNanos, scene.dualBoundNanos());
  }

  @Test
  void strangersAnnounceTheAddressWhileTheActiveHostDies() throws IOException {
    // Twice, so that each director is once the one that is left.
    for (var round = 1; round <= 2; round++) {
      var scene = scene("strangers announce, power of the active host fails, %d".formatted(round));
      try (var strangers = Strangers.start(stage.network())) {
        stage.lab().powerOff(scene.active);
        stage.awaitTakeover(scene.standby);
        scene.expectTakeover(System.nanoTime(), 0);
        var alone = System.nanoTime();
        var before = strangers.sent();
        Waiting.nanos(3 * scene.deadtimeNanos());
        assertThat(strangers.sent()).isGreaterThan(before);
        assertThat(stage.directors().transitions(alone)).isEmpty();
        assertThat(stage.directors().isActive(scene.standby)).isTrue();
      }
      stage.lab().powerOn(scene.active);
    }
  }

  @Test
  void anotherMachineHasTheAddressAlready() throws IOException {
    var scene = scene("address already elsewhere at the takeover");
    var router = stage.network().host(Node.ROUTER);
    stage.lab().powerOff(scene.active);
    router.ip("address add " + Lab.VIRTUAL_4 + "/32 dev eth0");
    stage.lab().await("takeover", () -> stage.directors().isActive(scene.standby));
    Waiting.nanos(scene.deadtimeNanos());
    router.ip("address del " + Lab.VIRTUAL_4 + "/32 dev eth0");
    stage.awaitTakeover(scene.standby);
    scene.note("announced until the other was silent");
    scene.awaitRemembered(scene.standby);
    scene.expectTakeover(System.nanoTime(), 0);
    stage.lab().powerOn(scene.active);
  }

  @Test
  void clockOfADirectorSteps(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
    stage.settle();
    var stepped = stage.lab().activeNode();
    var clock = folder.resolve("clock");
    Files.writeString(clock, "+0");
    stage.directors().stop(stepped);
    stage.directors().environment(FalseClock.environment(clock));
    try {
      stage.lab().settle();
      stage.directors().environment(Map.of());
      stage.directors().stop(stepped.other());
      var scene = scene("clock of the active host steps by +1 h and -1 h");
      assertThat(scene.active).isEqualTo(stepped);
      var last = stage.directors().log(stepped).length();
      for (var step : new String[] {"+3600", "-3600"}) {
        Files.writeString(clock, step);
        Waiting.nanos(FalseClock.DELAY_NANOS + 2 * scene.deadtimeNanos());
      }
      stage.directors().reload(stepped);
      stage
          .lab()
          .await(
              "a line",
              () -> stage.directors().log(stepped).substring(last).contains(": reloaded "));
      scene.expectNothing();
      assertThat(behind(stage.directors().log(stepped).substring(last)))
          .as("what the daemon believes it is")
          .isGreaterThan(Duration.ofMinutes(50));
    } finally {
      stage.directors().environment(Map.of());
      stage.directors().kill(stepped);
    }
  }

  private static Duration behind(String log) {
    var line = log.lines().filter(one -> one.contains(": reloaded ")).findFirst().orElse("");
    var stamp = line.split(" ")[0];
    return Duration.between(OffsetDateTime.parse(stamp).toInstant(), Instant.now());
  }

  private static long bothSince(long nanos) throws IOException {
    return stage.lab().bothHeldNanos(nanos, System.nanoTime()) / 1_000_000;
  }
}
