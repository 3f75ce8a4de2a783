// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.lvsdirector.lab.Echo;

/**
 * What somebody else does to the kernel's table is undone, also when a change meets it; a director
 * that returns does nothing.
 */
@OnAskedKernel
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int FLOWS = 4;
  private static final LvsCfText LVS_CF =
      new LvsCfText()
          .service("nat", "10.9.1.100", "network = nat")
          .service("nat-echo", "10.9.1.100", "network = nat", "port = 7", "check = none")
          .service(
              "nat-packets",
              "10.9.1.100",
              "network = nat",
              "port = 7",
              "protocol = udp",
              "check = none")
          .service("direct-echo", "10.9.0.104", "port = 7", "check = none")
          .service("direct-packets", "10.9.0.104", "port = 7", "protocol = udp", "check = none");
  private static final int SERVERS = 5 * Network.WEBS.size();

  private final Stage stage;

  DriftIT(@TempDir Path folder) throws IOException {
    stage = Stage.open(folder, LVS_CF, "--keep-addresses");
  }

  @BeforeAll
  void start() throws IOException {
    for (var i = 0; i < Network.WEBS.size(); i++) {
      var host = stage.network().host(Network.WEBS.get(i));
      for (var address : List.of("10.9.0.1" + (i + 1), "10.9.0.104")) {
        var _ = Echo.start(host, new InetSocketAddress(address, 7));
      }
    }
    stage.awaitServers(SERVERS);
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  @Test
  void aClearedTableIsMadeAgain() throws IOException {
    stage.ipvsadm("-C");
    awaitRepair("TCP 10.9.1.100:80 + 10.9.0.11:80");
  }

  @Test
  void aDeletedServerReturns() throws IOException {
    stage.ipvsadm("-d", "-t", "10.9.1.100:80", "-r", "10.9.0.12:80");
    awaitRepair("TCP 10.9.1.100:80 + 10.9.0.12:80 weight=1 method=NAT");
  }

  @Test
  void aChangedWeightIsPutRight() throws IOException {
    stage.ipvsadm("-e", "-t", "10.9.1.100:80", "-r", "10.9.0.11:80", "-m", "-w", "9");
    awaitRepair("TCP 10.9.1.100:80 ~ 10.9.0.11:80 weight=9->1");
  }

  @Test
  void aChangedMethodIsPutRight() throws IOException {
    stage.ipvsadm("-e", "-t", "10.9.0.104:7", "-r", "10.9.0.11:7", "-i", "-w", "1");
    awaitRepair("method=TUNNELLING->weight=1 method=DIRECT_ROUTING");
  }

  /** The table is whole again, and the journal has a line with these words and the cause. */
  private void awaitRepair(String difference) {
    stage.awaitServers(SERVERS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(stage.director().text())
                    .containsPattern(Pattern.quote(difference) + ".* cause=drift")
                    .contains("drift: somebody else made"));
  }

  @Test
  @ResourceLock(TableWrites.LOCK)
  void aDirectorThatIsKilledAndReturnsDropsNothingAndWritesNothing() throws IOException {
    comeBack(() -> stage.director().kill());
  }

  @Test
  @ResourceLock(TableWrites.LOCK)
  void anUpgradeByASignalToTerminateDropsNothingAndWritesNothing() throws IOException {
    var addresses = addresses();
    comeBack(
        () -> {
          stage.director().stop();
          assertThat(addresses()).isEqualTo(addresses);
          stage.director().install(Path.of("/run/upgraded"));
        });
    assertThat(addresses()).isEqualTo(addresses);
    assertThat(stage.director().text()).doesNotContain("net.ipv4.ip_forward 0 -> 1");
  }

  private String addresses() {
    return Guest.run("ip", "-o", "-n", "primary", "addr");
  }

  private void comeBack(Runnable away) throws IOException {
    var client = stage.network().client();
    var nat = new InetSocketAddress("10.9.1.100", 7);
    var direct = new InetSocketAddress("10.9.0.104", 7);
    try (var natTcp = Flows.tcp(client, nat, FLOWS);
        var natUdp = Flows.udp(client, nat, FLOWS);
        var directTcp = Flows.tcp(client, direct, FLOWS);
        var directUdp = Flows.udp(client, direct, FLOWS)) {
      var all = List.of(natTcp, natUdp, directTcp, directUdp);
      var table = stage.ipvsadm("-Sn");
      var writes = TableWrites.count();
      awaitAnswers(all);
      away.run();
      awaitAnswers(all);
      stage.director().start("--keep-addresses");
      stage.awaitSaid("fitness unknown->fit");
      stage.awaitSaid("CLAIMING->ACTIVE");
      awaitAnswers(all);
      assertThat(TableWrites.count() - writes).as(stage.director().text()).isZero();
      assertThat(stage.ipvsadm("-Sn")).isEqualTo(table);
      all.forEach(DriftIT::lostNothing);
    }
  }

  /** Each of the flows has sent twenty words more, and has its answers. */
  private static void awaitAnswers(List<Flows> all) {
    var wanted = all.stream().mapToLong(flows -> flows.count().answered() + 20L * FLOWS).toArray();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (var i = 0; i < wanted.length; i++) {
                assertThat(all.get(i).count().answered()).isGreaterThanOrEqualTo(wanted[i]);
              }
            });
  }

  private static void lostNothing(Flows flows) {
    flows.pause();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var count = flows.count();
              assertThat(count.broken()).isZero();
              assertThat(count.answered()).as("%s", count).isEqualTo(count.sent());
            });
  }
}
