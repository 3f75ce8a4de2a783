// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two directors as processes: they agree, survive a bad reload, fail over, and come back. */
final class PairIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder = Path.of("");

  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  PairIT() {}

  @BeforeEach
  void startPair() throws IOException {
    lab = new Lab(folder, 71);
    lab.startServers();
    lab.startDirector("primary");
    lab.startDirector("backup");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(List.of(lab.role("primary"), lab.role("backup")))
                  .as(lab.log("primary") + lab.log("backup"))
                  .containsExactlyInAnyOrder("ACTIVE", "STANDBY");
              assertThat(lab.request()).isNotEmpty();
            });
  }

  @AfterEach
  void stopPair() {
    lab.close();
  }

  @Test
  void bothDirectorsAgreeOnWhoIsActive() throws IOException {
    var primary = lab.status("primary");
    var backup = lab.status("backup");

    assertThat(primary.at("/self/role").asText()).isEqualTo(backup.at("/partner/role").asText());
    assertThat(backup.at("/self/role").asText()).isEqualTo(primary.at("/partner/role").asText());
    assertThat(primary.at("/partner/hasSameConfig").asBoolean()).isTrue();
    var text = lab.director(List.of("status", "--socket", lab.socket("backup").toString()));
    assertThat(text.out()).contains("primary", "backup", "ACTIVE", "STANDBY", "web1", "web2");
  }

  @Test
  void allServersAreUsed() {
    var seen = new TreeSet<String>();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              seen.add(lab.request());
              assertThat(seen).contains("web1", "web2", "web3");
            });
  }

  @Test
  void aBrokenReloadKeepsTheServiceAndTellsTheProblem() throws IOException, InterruptedException {
    var active = lab.role("primary").equals("ACTIVE") ? "primary" : "backup";
    Files.writeString(lab.lvsCf(), lab.goodLvsCf().replace("scheduler", "sheduler"));

    hangUp(active);

    await().atMost(PATIENCE).until(() -> lab.log(active).contains("sheduler"));
    assertThat(lab.request()).isNotEmpty();
    assertThat(lab.status(active).at("/self/role").asText()).isEqualTo("ACTIVE");
    assertThat(lab.status(active).at("/self/reloadProblem").asText()).isNotEmpty();
  }

  @Test
  void aGoodReloadTakesTheChangeOver() throws IOException, InterruptedException {
    var active = lab.role("primary").equals("ACTIVE") ? "primary" : "backup";
    Files.writeString(
        lab.lvsCf(), lab.goodLvsCf().replaceAll("scheduler = \\w+", "scheduler = sed"));

    hangUp(active);

    await()
        .atMost(PATIENCE)
        .until(() -> lab.status(active).at("/services/0/scheduler").asText().equals("sed"));
    assertThat(lab.request()).isNotEmpty();
  }

  @Test
  void oneServiceThatCannotBeServedCostsNeitherTheOthersNorTheTakeover() throws IOException {
    var active = lab.role("primary").equals("ACTIVE") ? "primary" : "backup";
    var standby = active.equals("primary") ? "backup" : "primary";
    Files.writeString(lab.lvsCf(), lab.goodLvsCf() + lab.serviceOnForeignAddress());

    var reload = lab.director(List.of("reload", "--socket", lab.socket(active).toString()));
    lab.director(List.of("reload", "--socket", lab.socket(standby).toString()));

    assertThat(reload.out()).contains("warning: foreign");
    assertThat(lab.status(active).at("/self/role").asText()).isEqualTo("ACTIVE");
    lab.kill(active);
    await().atMost(PATIENCE).until(() -> lab.role(standby).equals("ACTIVE"));
    await().atMost(PATIENCE).until(() -> !lab.request().isEmpty());
    assertThat(lab.status(standby).at("/services/1/problem").asText()).contains("listen");
  }

  @Test
  void theStandbyTakesOverAndTheDeadOneReturnsAsStandby() throws IOException, InterruptedException {
    var active = lab.role("primary").equals("ACTIVE") ? "primary" : "backup";
    var standby = active.equals("primary") ? "backup" : "primary";

    lab.kill(active);

    await().atMost(PATIENCE).until(() -> lab.role(standby).equals("ACTIVE"));
    assertThat(lab.status(standby).at("/self/cause").asText()).isEqualTo("partner-silent");
    await().atMost(PATIENCE).until(() -> !lab.request().isEmpty());
    lab.startDirector(active);
    await().atMost(PATIENCE).until(() -> lab.role(active).equals("STANDBY"));
    assertThat(lab.role(standby)).isEqualTo("ACTIVE");
    assertThat(lab.request()).isNotEmpty();
  }

  @Test
  void aPoliteStopHandsOverBeforeDeadtime() throws IOException {
    var active = lab.role("primary").equals("ACTIVE") ? "primary" : "backup";
    var standby = active.equals("primary") ? "backup" : "primary";

    lab.process(active).destroy();

    await().atMost(PATIENCE).until(() -> lab.role(standby).equals("ACTIVE"));
    assertThat(lab.status(standby).at("/self/cause").asText())
        .as(
            "on one machine the standby cannot listen yet, so the active one may have to let go"
                + " first")
        .isIn("handover", "partner-leaving");
  }

  private void hangUp(String node) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("sh", "-c", "kill -HUP " + lab.process(node).pid()).start();
    assertThat(kill.waitFor()).isZero();
  }
}
