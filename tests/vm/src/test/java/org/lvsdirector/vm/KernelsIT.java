// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a running director and its kernel tell each other: the same on all kernels, but for what
 * only newer ones have, which is used there and told elsewhere.
 */
@OnAskedKernel
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KernelsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final String ADDRESS = "10.9.1.100";

  private final Path folder;
  private final Stage stage;
  private final DeadServer packets;

  KernelsIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    stage = Stage.open(folder, lvsCf());
    packets = DeadServer.open(stage);
  }

  private static LvsCfText lvsCf(String... global) {
    var text = new LvsCfText(global).service("web", ADDRESS, "network = nat");
    return DeadServer.service(text, ADDRESS);
  }

  @BeforeAll
  void start() {
    stage.awaitServers(2 * Network.WEBS.size());
  }

  @AfterAll
  void stop() throws IOException {
    packets.close();
    stage.close();
  }

  @Test
  void timeoutsOfAReloadReachTheKernelAndThoseThatAreGoneReturn() throws IOException {
    var before = timeouts();
    reload(lvsCf("tcp_timeout = 301", "tcpfin_timeout = 61", "udp_timeout = 31").toString());
    awaitTimeouts("Timeout (tcp tcpfin udp): 301 61 31");
    reload(lvsCf().toString());
    awaitTimeouts(before);
  }

  private String timeouts() throws IOException {
    return stage.ipvsadm("-L", "--timeout").strip();
  }

  private void awaitTimeouts(String wanted) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(() -> assertThat(timeouts()).isEqualTo(wanted));
  }

  @Test
  void theSchedulerOfAReloadReachesTheKernel() throws IOException {
    reloadScheduler("wlc");
    awaitTable("TCP  " + ADDRESS + ":80 wlc");
    assertThat(stage.network().get(ADDRESS)).startsWith("web");
  }

  /** Debian has it from Linux 6.12 on. */
  @Test
  void theBetterOfTwoServersDrawnIsTakenByKernelsThatCanAndToldOfOthers() throws IOException {
    reloadScheduler("twos");
    if (Guest.hasModule("ip_vs_twos")) {
      awaitTable("TCP  " + ADDRESS + ":80 twos");
      var answers = new TreeSet<String>();
      await().atMost(PATIENCE).until(() -> answer(answers).size() == Network.WEBS.size());
      assertThat(answers).containsExactlyElementsOf(Network.WEBS);
    } else {
      awaitStatus("the kernel has no scheduler twos; modprobe ip_vs_twos");
      reloadScheduler("rr");
      awaitTable("TCP  " + ADDRESS + ":80 rr");
    }
  }

  private Set<String> answer(Set<String> answers) throws IOException {
    answers.add(stage.network().get(ADDRESS));
    return answers;
  }

  /** From Linux 7.1 on; its tables are those of a namespace. */
  @Test
  void theLoadOfTheKernelsTablesIsInTheStatusWhereTheKernelTellsIt() throws IOException {
    assertThat(stage.network().get(ADDRESS)).startsWith("web");
    if (Files.exists(Path.of("/proc/net/ip_vs_status"))) {
      awaitStatus("table of services: 2 in 16 buckets");
      awaitStatus("  table of connections: ");
    } else {
      awaitStatus("engine ipvs\n\n");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void noFlowOfDatagramsStaysWithADeadServerWhileItsServiceQuiesces() throws IOException {
    packets.die(ADDRESS);
  }

  private void reloadScheduler(String word) throws IOException {
    reload(lvsCf().toString().replace("scheduler = rr", "scheduler = " + word));
  }

  private void reload(String text) throws IOException {
    Files.writeString(folder.resolve("lvs.cf"), text);
    stage.director().reload();
  }

  private void awaitTable(String words) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(() -> assertThat(stage.ipvsadm("-Ln")).contains(words));
  }

  private void awaitStatus(String words) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(() -> assertThat(stage.director().ask("status")).contains(words));
  }
}
