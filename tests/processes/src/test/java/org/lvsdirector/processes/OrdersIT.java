// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.processes.Lab.Said;

/**
 * Orders to a sealed pair of processes, and what is run when the role moves. The pair has failover
 * services and no sockets of its own, which two directors on one machine could not both have while
 * the role moves.
 */
final class OrdersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder = Path.of("");

  private static Lab lab;

  @SuppressWarnings("NullAway.Init")
  OrdersIT() {}

  @BeforeAll
  static void startPair() throws IOException {
    lab = new Lab(folder, 72);
    Files.writeString(lab.lvsCf(), failoverServices());
    var key = Map.of("heartbeat.key-file", lab.newKey().toString());
    lab.startDirector("primary", lab.lvsCf(), key);
    lab.startDirector("backup", lab.lvsCf(), key);
  }

  @AfterAll
  static void stopPair() {
    lab.close();
  }

  @BeforeEach
  void awaitPair() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(List.of(lab.role("primary"), lab.role("backup")))
                    .as(lab.log("primary") + lab.log("backup"))
                    .containsExactlyInAnyOrder("ACTIVE", "STANDBY"));
    await().atMost(PATIENCE).until(() -> seesPartner("primary") && seesPartner("backup"));
  }

  @Test
  void aFailoverMovesTheRoleAndItsServicesWithIt() throws IOException {
    var active = active();
    var standby = other(active);

    var said = order(active, "failover", "--json");

    assertThat(said.status()).as(said.err()).isZero();
    var report = JSON.readTree(said.out());
    assertThat(report.path("isDone").asBoolean()).isTrue();
    assertThat(report.path("role").asText()).isEqualTo("STANDBY");
    assertThat(lab.role(standby)).isEqualTo("ACTIVE");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(lastOf(standby)).contains("start " + standby, "active " + standby);
              assertThat(lastOf(active)).contains("inactive " + active, "stop " + active);
            });
    assertThat(events()).anyMatch(line -> line.startsWith("notify " + standby + " role:"));
    assertThat(order(active, "failover", "--to", standby).out()).contains("active already");
  }

  @Test
  void aDirectorOnStandbyRefusesAndNothingChanges() throws IOException {
    var active = active();
    var standby = other(active);

    assertThat(order(standby, "standby").status()).isZero();
    assertThat(lab.role(standby)).isEqualTo("MAINTENANCE");
    await().atMost(PATIENCE).until(() -> partnerRole(active).equals("MAINTENANCE"));
    var refused = order(active, "failover");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("refused", "MAINTENANCE");
    assertThat(order(active, "standby").status()).isEqualTo(1);
    var drill = order(active, "drill");
    assertThat(drill.status()).isEqualTo(1);
    assertThat(drill.out()).contains("no drill");
    assertThat(lab.role(active)).isEqualTo("ACTIVE");
    assertThat(order(standby, "online").status()).isZero();
    await().atMost(PATIENCE).until(() -> lab.role(standby).equals("STANDBY"));
  }

  @Test
  void aDrillThereAndBackTellsWhatHappened() throws IOException {
    var active = active();

    var said = order(active, "drill", "--return", "--json");

    assertThat(said.status()).as(said.out() + said.err()).isZero();
    var report = JSON.readTree(said.out());
    assertThat(report.path("isPassed").asBoolean()).isTrue();
    assertThat(report.path("rounds")).hasSize(2);
    assertThat(report.at("/rounds/0/steps").findValuesAsText("what"))
        .contains(other(active) + " is ACTIVE");
    assertThat(active()).isEqualTo(active);
  }

  @Test
  void theKeyIsReplacedStepByStepWhileThePairRuns() throws IOException {
    var term = term();
    for (var step : List.of("--add", "--use", "--drop")) {
      var key = folder.resolve("key").toString();
      assertThat(lab.director(List.of("keygen", step, key)).status()).isZero();
      for (var node : List.of("primary", "backup")) {
        assertThat(order(node, "reload").status()).isZero();
      }
    }
    var before = received();
    await().atMost(PATIENCE).until(() -> received() > before + 10);
    assertThat(lab.status("primary").at("/heartbeats/isSealed").asBoolean()).isTrue();
    assertThat(lab.status("primary").at("/evidence/hasTargets").asBoolean()).isTrue();
    assertThat(lab.status("primary").at("/evidence/isTargetReached").asBoolean()).isTrue();
    assertThat(lab.status("backup").at("/links/0/rejected").asLong()).isZero();
    assertThat(lab.status("primary").at("/links/0/rejected").asLong()).isZero();
    assertThat(term()).as("nobody took over").isEqualTo(term);
  }

  @Test
  void aKeyFileThatOthersMayReadKeepsTheDaemonFromStarting() throws IOException {
    var key = folder.resolve("open-key");
    Files.writeString(key, "key secret\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    var said =
        lab.director(
            List.of(
                "run",
                "--lvs-cf",
                lab.lvsCf().toString(),
                "--set",
                "heartbeat.key-file=" + key,
                "--set",
                "node=primary"));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).contains("chmod 600").doesNotContain("secret");
  }

  @Test
  void theDoctorNamesWhatIsWrongAndHowToMendIt() throws IOException {
    var said = lab.director(List.of("doctor", "--json", "--lvs-cf", lab.lvsCf().toString()));
    var findings = JSON.readTree(said.out());
    assertThat(findings.findValuesAsText("name"))
        .contains("lvs.cf", "conf.all.rp_filter", "heartbeat key");
    for (var finding : findings) {
      var isWell = finding.path("state").asText().equals("OK");
      assertThat(finding.path("mend").asText().isEmpty()).as(finding.toString()).isEqualTo(isWell);
    }
    var hasFault = findings.findValuesAsText("state").contains("FAULT");
    assertThat(said.status()).isEqualTo(hasFault ? 1 : 0);
  }

  private static Said order(String node, String... words) throws IOException {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--socket", lab.socket(node).toString()));
    return lab.director(all, 60);
  }

  private static String active() {
    return lab.role("primary").equals("ACTIVE") ? "primary" : "backup";
  }

  private static String other(String node) {
    return node.equals("primary") ? "backup" : "primary";
  }

  private static String partnerRole(String node) {
    return lab.status(node).at("/partner/role").asText();
  }

  private static boolean seesPartner(String node) {
    var status = lab.status(node);
    var areLinksUp = true;
    for (JsonNode link : status.path("links")) {
      areLinksUp &= link.path("isUp").asBoolean() && link.path("isHeardByPartner").asBoolean();
    }
    return areLinksUp
        && Set.of("ACTIVE", "STANDBY").contains(status.at("/partner/role").asText())
        && !status.at("/partner/role").equals(status.at("/self/role"))
        && status.at("/partner/isFit").asBoolean();
  }

  private static long term() {
    return lab.status(active()).at("/self/term").asLong();
  }

  private static long received() {
    return lab.status("primary").at("/links/0/received").asLong();
  }

  /** What was run last on a node, the two latest. */
  private static List<String> lastOf(String node) throws IOException {
    var own =
        events().stream()
            .filter(line -> line.contains(node) && !line.startsWith("notify"))
            .toList();
    return own.subList(Math.max(0, own.size() - 2), own.size());
  }

  private static List<String> events() throws IOException {
    var file = folder.resolve("events");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static String failoverServices() {
    return """
    service = fos
    primary = NET.0.2
    primary_private = NET.1.2
    backup = NET.0.3
    backup_private = NET.1.3
    backup_active = 1
    heartbeat_port = 5390
    keepalive = 100ms
    deadtime = 1.55s
    ping_target = NET.0.1
    active_cmd = "sh -c 'echo active $LVS_NODE >> FILE'"
    inactive_cmd = "sh -c 'echo inactive $LVS_NODE >> FILE'"
    notify = "sh -c 'echo notify $LVS_NODE $1: $2 >> FILE' sh"
    failover ftp {
      active = 1
      address = NET.0.21 lo:1
      vip_nmask = 255.255.255.255
      port = 21
      start_cmd = "sh -c 'echo start $LVS_NODE >> FILE'"
      stop_cmd = "sh -c 'echo stop $LVS_NODE >> FILE'"
    }
    """
        .replace("NET", lab.address("").replaceAll("\\.$", ""))
        .replace("FILE", folder.resolve("events").toString());
  }
}
