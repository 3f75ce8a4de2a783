// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DEB on two machines with kernel IPVS: systemd starts the unit at boot, and connections of a
 * client last through a drill and upgrades.
 */
class PackageIT {
  private static final int IDLE = 20;
  private static final int ORDERS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String DIRECT = "10.9.0.100";
  private static final String NAT = "10.9.1.100";
  private static final String UPGRADE = "dpkg -i /opt/packages/lvs-director_*.deb";

  private static final String LVS_CF =
      new LvsCfText("syncdaemon = 1", "syncd_iface = eth0", "syncd_id = 7")
          .service("echo", DIRECT, "port = 7", "network = direct")
          .service("download", DIRECT, "port = 9", "network = direct")
          .service("echo-nat", NAT, "port = 7", "network = nat")
          .service("download-nat", NAT, "port = 9", "network = nat")
          .toString();

  @TempDir private Path folder;

  @Test
  void connectionsOutliveADrillAndUpgradesOfThePackage() throws IOException {
    var lvsCf = Files.writeString(folder.resolve("lvs.cf"), LVS_CF);
    var packages = Path.of(System.getProperty("lvs-director.home")).resolveSibling("later");
    try (var network = Network.open(folder);
        var connections = new LastingConnections(network.client())) {
      var primary = new PackagedMachine("primary", lvsCf, packages);
      var backup = new PackagedMachine("backup", lvsCf, packages);
      connections.serve(network.host("web1"));
      connections.serve(network.host("web2"));
      step("boot with the package installed", () -> boot(network, primary, backup));
      connections.connect(DIRECT, IDLE);
      connections.connect(NAT, IDLE);
      awaitInSync(backup, connections.count());
      var target = new InetSocketAddress(DIRECT, LastingConnections.ECHO_PORT);
      try (var fresh = NewConnections.start(network.client(), target)) {
        var traffic = new Traffic(connections, fresh);
        traffic.step("drill and back", () -> drill(primary, backup, connections.count()));
        awaitInSync(backup, connections.count());
        traffic.step("upgrade the standby", () -> upgrade(backup));
        awaitInSync(backup, connections.count());
        traffic.step("upgrade the active", () -> upgrade(primary));
        awaitRole(backup, "ACTIVE");
      }
    }
  }

  private static void boot(Network network, PackagedMachine primary, PackagedMachine backup) {
    try {
      primary.boot(network);
      backup.boot(network);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitServers(network, "primary");
    awaitServers(network, "backup");
    awaitRole(primary, "ACTIVE");
    awaitRole(backup, "STANDBY");
    assertThat(primary.run("stat -c %U /proc/" + primary.daemon())).isEqualTo("lvs-director\n");
  }

  /**
   * The role goes to the other and comes back. The way back is ordered when the one that stands by
   * then has all connections: before, it would be refused.
   */
  private static void drill(PackagedMachine primary, PackagedMachine backup, int connections) {
    drill(primary, backup);
    awaitInSync(primary, connections);
    drill(backup, primary);
  }

  /**
   * A handover has five seconds, which emulation does not always keep. Then it is refused, and
   * nothing has changed: it is ordered again, a few times.
   */
  private static void drill(PackagedMachine from, PackagedMachine to) {
    var told = "";
    for (var i = 0; i < ORDERS && !told.contains("the order is done"); i++) {
      told = from.run("director drill || true");
      System.out.println(told);
    }
    assertThat(told).contains("the order is done");
    awaitRole(to, "ACTIVE");
    awaitRole(from, "STANDBY");
  }

  /** The package restarts the daemon; it comes back as standby. */
  private static void upgrade(PackagedMachine machine) {
    var before = machine.daemon();
    machine.run(UPGRADE);
    await().atMost(PATIENCE).until(() -> !machine.daemon().equals(before));
    awaitRole(machine, "STANDBY");
  }

  /** What the client has. */
  private record Traffic(LastingConnections lasting, NewConnections fresh) {
    private void step(String what, Runnable work) throws IOException {
      fresh.count();
      PackageIT.step(what, work, this::losses);
    }

    private Seen losses() {
      var lost = lasting.lost();
      var count = fresh.count();
      var text =
          "%d of %d connections lost, %d of %d new ones failed, longest outage %d ms"
              .formatted(
                  lost, lasting.count(), count.failed(), count.made(), count.longestMillis());
      return new Seen(text, lost == 0 && count.failed() == 0 && count.made() > 0);
    }
  }

  /** What a client noticed of a step, and whether that is as it must be. */
  private record Seen(String text, boolean isGood) {}

  private static void step(String what, Runnable work) throws IOException {
    step(what, work, () -> new Seen("-", true));
  }

  private static void step(String what, Runnable work, Supplier<Seen> look) throws IOException {
    var began = System.nanoTime();
    var seen = new Seen("-", false);
    try {
      work.run();
      seen = look.get();
    } finally {
      print(what, (System.nanoTime() - began) / 1e9, seen);
    }
    assertThat(seen.isGood()).as("%s: %s", what, seen.text()).isTrue();
  }

  /** Also into the table that is shown when all tests have run. */
  private static void print(String what, double seconds, Seen seen) throws IOException {
    var outcome = seen.isGood() ? "ok" : "failed";
    var line =
        String.format(
            Locale.ROOT,
            "%-34s %-12s %-7s %6.1f s   %s%n",
            what,
            "DEB, ipvs",
            outcome,
            seconds,
            seen.text());
    System.out.print(line);
    var table = Path.of(System.getProperty("lvs-director.steps"));
    Files.writeString(table, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void awaitRole(PackagedMachine machine, String role) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(machine.role()).as(machine::journal).isEqualTo(role));
  }

  /** Two servers of each of four services. */
  private static void awaitServers(Network network, String name) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () ->
                assertThat(network.host(name).run("ipvsadm", "-Ln").lines())
                    .filteredOn(line -> line.startsWith("  -> 10."))
                    .hasSize(8));
  }

  private static void awaitInSync(PackagedMachine machine, int count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              var sync = machine.status().sync();
              var progress = sync == null ? null : sync.progress();
              assertThat(progress).as("%s", sync).isNotNull();
              if (progress != null) {
                assertThat(progress.isInSync()).as("%s", progress).isTrue();
                assertThat(progress.total()).isGreaterThanOrEqualTo(count);
              }
            });
  }
}
