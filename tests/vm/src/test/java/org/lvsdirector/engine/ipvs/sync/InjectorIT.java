// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.engine.ipvs.KernelDaemon;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;
import org.lvsdirector.engine.ipvs.KernelSync;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntries;
import org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntry;
import org.lvsdirector.engine.ipvs.sync.exchange.DaemonPlan;
import org.lvsdirector.engine.ipvs.sync.exchange.Lifetimes;
import org.lvsdirector.engine.ipvs.sync.exchange.Owners;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncDecisionsTest;
import org.lvsdirector.lab.Host;
import org.lvsdirector.linux.Libc;

/** A kernel takes what the injector says as if another kernel had said it. */
class InjectorIT {
  private static final int ID = 7;
  private static final Path CONNECTIONS = Path.of("/proc/thread-self/net/ip_vs_conn");
  private static final List<String> LINES =
      List.of(
          "TCP 0A090002 0438 0A4D0001 0050 0A09000B 0050 ESTABLISHED     894",
          "TCP 0A090002 05A3 0A4D0001 01BB 0A09000C 01BB ESTABLISHED     894",
          "TCP 0A090002 0000 0A4D0001 01BB 0A09000C 01BB ASSURED         234",
          "IP  0A090002 0000 00000005 0000 0A09000C 0000 ASSURED         294",
          "TCP 0A090002 2328 0A4D0001 1F40 0A09000C 1F40 ESTABLISHED     894",
          "UDP 0A090002 14E9 0A4D0001 0035 0A09000B 0035 UDP             294",
          "TCP fd09:0000:0000:0000:0000:0000:0000:0002 0438"
              + " fd77:0000:0000:0000:0000:0000:0000:0001 0050"
              + " fd09:0000:0000:0000:0000:0000:0000:0011 0050 ESTABLISHED     894");

  @TempDir private Path folder;

  @BeforeEach
  void connect() throws IOException {
    shell(
        """
        modprobe ip_vs
        ip netns add teller
        ip netns add taker
        ip -n teller link add sync0 type veth peer name sync0 netns taker
        ip -n teller addr add 10.9.2.1/24 dev sync0
        ip -n taker addr add 10.9.2.2/24 dev sync0
        ip -n teller link set sync0 up
        ip -n taker link set sync0 up
        ip netns exec taker ipvsadm -R <<END
        -A -t 10.77.0.1:80 -s rr
        -a -t 10.77.0.1:80 -r 10.9.0.11:80 -g
        -A -t 10.77.0.1:443 -s rr -p 240
        -a -t 10.77.0.1:443 -r 10.9.0.12:443 -g
        -A -f 5 -s rr -p 300
        -a -f 5 -r 10.9.0.12:0 -g
        -A -u 10.77.0.1:53 -s rr
        -a -u 10.77.0.1:53 -r 10.9.0.11:53 -g
        -A -t [fd77::1]:80 -s rr
        -a -t [fd77::1]:80 -r [fd09::11]:80 -g
        END
        """);
  }

  @AfterEach
  void disconnect() throws IOException {
    shell("ip netns del teller; ip netns del taker");
  }

  @Test
  void theKernelTakesEveryKindOfFlowAndBindsItToItsServer() throws IOException {
    var taker = new Host("taker", folder);
    var kernel = new KernelSync(Libc.system());
    var wanted = new DaemonPlan.Wanted("sync0", ID, Set.of(State.BACKUP));
    taker.call(
        () -> {
          kernel.start(new KernelDaemon(State.BACKUP, "sync0", ID, null));
          return ID;
        });
    var running = taker.call(kernel::daemons);
    assertThat(DaemonPlan.of(wanted, running, Set.of()))
        .as("%s", running)
        .isEqualTo(new DaemonPlan(List.of(), ""));

    var flows =
        LINES.stream().map(line -> Objects.requireNonNull(ConnectionEntries.line(line))).toList();
    new Host("teller", folder)
        .call(
            () -> {
              tell(flows);
              return ID;
            });

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(flows(taker)).containsExactlyInAnyOrderElementsOf(flows));
    for (var taken : flows(taker)) {
      var told = flows.get(flows.indexOf(taken));
      assertThat(taken.state()).as("state of %s", taken).isEqualTo(told.state());
      assertThat(taken.expiresSeconds())
          .isBetween(lives().seconds(told) - 60, lives().seconds(told));
    }
    assertThat(bound(taker))
        .as("active and inactive connections of each server")
        .hasSize(5)
        .allMatch(line -> line.matches(".*Route +1 +(1 +0|0 +1) *"));
  }

  private static void tell(List<ConnectionEntry> flows) throws IOException {
    var owners = new Owners(SyncDecisionsTest.TABLE);
    try (var injector = Injector.open("sync0", ID)) {
      injector.send(flows.stream().map(flow -> owners.entry(flow, lives().seconds(flow))).toList());
    }
  }

  private static Lifetimes lives() {
    return new Lifetimes(900, 300, SyncDecisionsTest.TABLE);
  }

  private static List<ConnectionEntry> flows(Host host) throws IOException {
    return host.call(
        () -> {
          List<ConnectionEntry> flows = new ArrayList<>();
          new ConnectionEntryFile(CONNECTIONS).read(flows::add);
          return flows;
        });
  }

  private static List<String> bound(Host host) throws IOException {
    return host.run("ipvsadm", "-Ln")
        .lines()
        .filter(line -> line.startsWith("  -> 1") || line.startsWith("  -> ["))
        .toList();
  }

  private static void shell(String script) throws IOException {
    var process = new ProcessBuilder("bash", "-ec", script).inheritIO().start();
    assertThat(process.onExit().join().exitValue()).isZero();
  }
}
