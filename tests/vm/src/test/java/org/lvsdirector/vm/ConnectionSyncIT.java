// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.engine.SyncStatus;

/**
 * Established connections outlive every failover, and the failback. Two directors, each with its
 * own kernel table; idle connections and downloads by NAT and by direct routing, made once and used
 * after each change.
 */
@OnAskedKernel
class ConnectionSyncIT {
  private static final int IDLE = 100;
  private static final int ORDERS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String DIRECT = "10.9.0.100";
  private static final String NAT = "10.9.1.100";

  private static final String LVS_CF =
      new LvsCfText("syncdaemon = 1", "syncd_iface = eth0", "syncd_id = 7", "failback = synced")
          .service("echo", DIRECT, "port = 7", "network = direct")
          .service("download", DIRECT, "port = 9", "network = direct")
          .service("echo-nat", NAT, "port = 7", "network = nat")
          .service("download-nat", NAT, "port = 9", "network = nat")
          .toString();

  @TempDir private Path folder;

  @Test
  void connectionsOutliveADeadHostItsReturnTheFailbackAndAPlannedFailover() throws IOException {
    try (var network = Network.open(folder);
        var primary = director(network, "primary");
        var backup = director(network, "backup");
        var connections = new LastingConnections(network.client())) {
      connections.serve(network.host("web1"));
      connections.serve(network.host("web2"));
      primary.start();
      backup.start();
      awaitRole(primary, "ACTIVE");
      awaitRole(backup, "STANDBY");
      awaitServers(network, "primary");
      awaitServers(network, "backup");
      connections.connect(DIRECT, IDLE);
      connections.connect(NAT, IDLE);
      awaitInSync(backup, connections.count());
      awaitDaemon(network, "primary", "master");
      awaitDaemon(network, "backup", "backup");
      network.host("backup").run("ipvsadm", "--stop-daemon", "backup");
      awaitDaemon(network, "backup", "backup");
      assertThat(backup.text()).containsOnlyOnce("net.ipv4.vs.sync_sock_size");

      network.kill("primary");
      network.host("hub").ip("link set eth0-primary down", "link set eth1-primary down");
      awaitRole(backup, "ACTIVE");
      awaitDaemon(network, "backup", "master");
      say("host of the active one dead: " + connections.count() + " connections", connections);

      network.boot("primary");
      network
          .host("primary")
          .nft(
              "add table ip deaf",
              "add chain ip deaf in { type filter hook input priority 0; }",
              "add rule ip deaf in udp dport 8848 drop");
      primary.start();
      awaitRole(primary, "STANDBY");
      awaitServers(network, "primary");
      awaitMissing(primary, connections.count());
      assertThatThrownBy(() -> backup.ask("failover")).hasMessageContaining("not in sync");
      network.host("primary").nft("delete table ip deaf");
      awaitInSync(primary, connections.count());
      System.out.println(primary.ask("status"));
      awaitRole(primary, "ACTIVE");
      awaitRole(backup, "STANDBY");
      say("failback to the one that returned", connections);

      awaitInSync(backup, connections.count());
      moveTo(backup, "BACKUP");
      say("planned failover", connections);
      awaitDaemon(network, "primary", "backup");
      awaitDaemon(network, "backup", "master");

      primary.stop();
      assertThat(daemons(network, "primary")).isBlank();
      assertThat(network.primary().run("sysctl", "-n", "net.ipv4.vs.sync_threshold"))
          .isEqualToIgnoringWhitespace("3\t50");
    }
  }

  private DirectorProcess director(Network network, String name) throws IOException {
    var own = Files.createDirectories(folder.resolve("director-" + name));
    var file = own.resolve("lvs.cf");
    Files.writeString(file, LVS_CF);
    return new DirectorProcess(
        network.host(name),
        own,
        "--lvs-cf",
        file.toString(),
        "--set",
        "node=" + name,
        "--set",
        "engine=ipvs");
  }

  /**
   * A handover has five seconds, which emulation does not always keep. Then it is refused, and
   * nothing has changed: it is ordered again, a few times.
   */
  private static void moveTo(DirectorProcess director, String name) {
    for (var left = ORDERS - 1; !isMoved(director, name, left); left--) {
      System.out.println("orders left: " + left);
    }
    awaitRole(director, "ACTIVE");
  }

  private static boolean isMoved(DirectorProcess director, String name, int left) {
    try {
      System.out.println(director.ask("failover", "--to", name));
      return true;
    } catch (AssertionError refused) {
      System.out.println(refused.getMessage());
      if (left == 0) {
        throw refused;
      }
      return false;
    }
  }

  private static void say(String what, LastingConnections connections) {
    var lost = connections.lost();
    System.out.println(what + ": lost " + lost);
    assertThat(lost).as(what).isZero();
  }

  private static void awaitRole(DirectorProcess director, String role) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(director.role()).as(director::text).isEqualTo(role));
    System.out.println("a director is " + role);
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

  private static void awaitInSync(DirectorProcess director, int count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              var progress = progress(director);
              assertThat(progress.isInSync()).as(director::text).isTrue();
              assertThat(progress.missing()).isZero();
              assertThat(progress.total()).isGreaterThanOrEqualTo(count);
            });
  }

  private static void awaitMissing(DirectorProcess director, int count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              var progress = progress(director);
              assertThat(progress.missing()).as(director::text).isGreaterThanOrEqualTo(count);
              assertThat(progress.isInSync()).isFalse();
            });
  }

  private static SyncStatus.Progress progress(DirectorProcess director) throws IOException {
    var sync = new AdminClient(director.socket()).status().sync();
    assertThat(sync).as("connection sync").isNotNull();
    var progress = sync == null ? null : sync.progress();
    if (progress == null) {
      throw new IOException("nothing was compared yet: " + sync);
    }
    return progress;
  }

  /** Waits until this sync daemon runs alone. */
  private static void awaitDaemon(Network network, String name, String state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(daemons(network, name))
                    .startsWith(state + " sync daemon (mcast=eth0, syncid=7")
                    .hasLineCount(1));
  }

  private static String daemons(Network network, String name) throws IOException {
    return network.host(name).run("ipvsadm", "-L", "--daemon").strip();
  }
}
