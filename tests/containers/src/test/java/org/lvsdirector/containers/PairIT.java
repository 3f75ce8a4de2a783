package org.lvsdirector.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Network.Ipam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.packaging.Packages;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** Two machines with the DEB, two with the RPM, three real servers and a client. */
class PairIT {
  static final String IMAGE = "lvs-director-test:debian";
  private static final Path TARGET = Path.of("../../packaging/target").toAbsolutePath().normalize();
  private static final Path HOME = TARGET.resolve("lvs-director");
  private static final int FIRST_SERVER = 11;
  private static final int SERVERS = 3;
  private static final int CLIENT = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path work = Path.of("unset");

  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static final List<Network> NETS = new ArrayList<>();
  private static Path packages = Path.of("unset");

  @BeforeAll
  static void startNetworks() throws IOException, InterruptedException {
    packages = Files.createDirectories(work.resolve("packages"));
    OPEN.add(DockerDaemon.start(work));
    importImage();
    NETS.add(network("192.0.2.0/24"));
    NETS.add(network("10.10.0.0/24"));
    OPEN.addAll(NETS);
    for (var i = 0; i < SERVERS; i++) {
      var server = machine("web" + (i + 1), FIRST_SERVER + i);
      server.must(
          "nohup /opt/lvs-director/bin/director demo-server --address 10.10.0.%d --port 80 --name %s > /tmp/log & :"
              .formatted(FIRST_SERVER + i, server.name()));
    }
  }

  @AfterAll
  static void close() throws Exception {
    for (var i = OPEN.size() - 1; i >= 0; i--) {
      OPEN.get(i).close();
    }
  }

  private static void importImage() throws IOException, InterruptedException {
    var tar = Path.of(System.getProperty("user.home"), ".cache/lvs-director/debian.tar");
    var client = DockerClientFactory.lazyClient();
    if (client.listImagesCmd().withReferenceFilter(IMAGE).exec().isEmpty()) {
      DockerDaemon.load(tar, IMAGE);
    }
  }

  private static Network network(String subnet) {
    var ipam = new Ipam().withConfig(new Ipam.Config().withSubnet(subnet));
    var network =
        Network.builder().createNetworkCmdModifier(command -> command.withIpam(ipam)).build();
    assertThat(network.getId()).isNotEmpty();
    return network;
  }

  private static Machine machine(String name, int number) {
    var files =
        Map.of(
            HOME.toString(),
            "/opt/lvs-director",
            System.getProperty("probe.classes", ""),
            "/opt/probe",
            TARGET.toString(),
            "/opt/packages",
            packages.toString(),
            "/opt/later");
    var machine = Machine.start(name, NETS, number, files);
    OPEN.add(machine);
    return machine;
  }

  // ---- the two kinds of package
  // ------------------------------------------------------------------

  private static Packages.Source source() {
    return new Packages.Source(
        TARGET.resolve("../..").normalize(),
        HOME,
        Instant.parse(System.getProperty("build.time", "")),
        0);
  }

  private static String later() {
    return System.getProperty("build.version", "").replaceFirst("-.*", "") + "+later";
  }

  /**
   * How a kind of package is handled.
   *
   * @param name what to call it in the table
   * @param install a command, with the file
   * @param upgrade the same
   * @param remove a command
   */
  private record Kind(String name, String install, String upgrade, String remove) {}

  @Test
  void theDebCarriesAPairThroughItsLife() throws IOException {
    Packages.deb(source(), packages, later());
    var kind =
        new Kind(
            "DEB",
            "apt-get install -y /opt/packages/lvs-director_*.deb",
            "apt-get install -y /opt/later/lvs-director_*.deb",
            "apt-get purge -y lvs-director");
    new Life(kind, 2, 80).live();
  }

  /** Debian's rpm knows no distribution's names for what is required, so it is told not to ask. */
  @Test
  void theRpmCarriesAPairThroughItsLife() throws IOException {
    Packages.rpm(source(), packages, later());
    var kind =
        new Kind(
            "RPM",
            "rpm -i --nodeps /opt/packages/lvs-director-*.rpm && systemctl enable lvs-director",
            "rpm -U --nodeps /opt/later/lvs-director-*.rpm",
            "rpm -e lvs-director");
    new Life(kind, 4, 81).live();
  }

  /** What one pair goes through. */
  private static final class Life {
    private final Kind kind;
    private final int number;
    private final String virtual;
    private final Machine primary;
    private final Machine backup;
    private final Outages outages;
    private final StringBuilder table = new StringBuilder();

    Life(Kind kind, int number, int virtualNumber) {
      this.kind = kind;
      this.number = number;
      virtual = "192.0.2." + virtualNumber;
      primary = machine(kind.name() + "-primary", number);
      backup = machine(kind.name() + "-backup", number + 1);
      outages = new Outages(machine(kind.name() + "-client", CLIENT + number), virtual);
    }

    void live() {
      try {
        step("install on both", this::install);
        step("start by the unit", this::start);
        step("drill and back", this::drill);
        step("shut the active machine down", () -> lose(primary, primary::shutDown));
        step("it returns", () -> returns(primary));
        step("kill the active machine", () -> lose(backup, backup::kill));
        step("it returns", () -> returns(backup));
        step("upgrade the standby", () -> upgrade(backup));
        step("upgrade the active", () -> upgrade(primary));
        step("remove from the standby", () -> remove(standby()));
        step("remove from the last", () -> remove(remaining()));
      } finally {
        System.out.print(table);
      }
    }

    private void step(String what, Runnable action) {
      var isServed = !table.isEmpty() && !what.contains("start") && !what.contains("last");
      var client = outages.now();
      var began = System.nanoTime();
      var outcome = "failed";
      try {
        action.run();
        outcome = "ok";
      } finally {
        var seconds = (System.nanoTime() - began) / 1e9;
        var outage = isServed ? outages.longestMillis(client) + " ms" : "-";
        table.append(
            "%-30s %s %-7s %6.1f s   longest outage %s%n"
                .formatted(what, kind.name(), outcome, seconds, outage));
      }
    }

    private void install() {
      for (var machine : List.of(primary, backup)) {
        machine.must(kind.install());
        assertThat(machine.must("director --version")).startsWith("director ");
        machine.must("systemctl start lvs-director");
        assertThat(machine.run("systemctl is-active lvs-director").text())
            .as("nothing starts with the example")
            .isEqualTo("inactive\n");
      }
    }

    private void start() {
      for (var machine : List.of(primary, backup)) {
        machine.write("/etc/lvs-director/lvs.cf", lvsCf());
        machine.must("director check /etc/lvs-director/lvs.cf");
        machine.must("systemctl start lvs-director");
        assertThat(machine.must("systemctl is-active lvs-director")).isEqualTo("active\n");
      }
      awaitRoles(primary, backup);
      Awaitility.await("the first answer")
          .atMost(PATIENCE)
          .until(() -> outages.longestMillis(outages.now() - 1000) < 1000);
    }

    /**
     * The proxy engine's connections end with the role: the verdict may count some that failed, so
     * here it is the roles that must have moved and come back.
     */
    private void drill() {
      var told = primary.run("director drill --return").text();
      assertThat(told)
          .contains("failover from primary to backup", "failover from backup to primary");
      assertThat(told.lines().filter(line -> line.endsWith("the order is done")))
          .as(told)
          .hasSize(2);
      awaitRoles(primary, backup);
    }

    private String lvsCf() {
      var text =
          new StringBuilder(
              """
              primary = 192.0.2.%d
              primary_private = 10.10.0.%d
              backup = 192.0.2.%d
              backup_private = 10.10.0.%d
              backup_active = 1
              keepalive = 100ms
              deadtime = 750ms
              network = nat
              virtual web {
                active = 1
                address = %s eth0:1
                vip_nmask = 255.255.255.0
                port = 80
                protocol = tcp
                scheduler = wrr
                send = "GET /health HTTP/1.0\\r\\n\\r\\n"
                expect = "HTTP/1.1 200"
                interval = 1
                timeout = 5
                fall = 3
                rise = 1
              """
                  .formatted(number, number, number + 1, number + 1, virtual));
      for (var i = 0; i < SERVERS; i++) {
        text.append(
            "  server web%d {\n    address = 10.10.0.%d\n    active = 1\n    weight = 1\n  }\n"
                .formatted(i + 1, FIRST_SERVER + i));
      }
      return text.append("}\n").toString();
    }

    private static void awaitRoles(Machine active, Machine standby) {
      Awaitility.await(active.name() + " active, " + standby.name() + " standby")
          .atMost(PATIENCE)
          .until(() -> active.role().equals("ACTIVE") && standby.role().equals("STANDBY"));
    }

    private Machine other(Machine machine) {
      return machine == primary ? backup : primary;
    }

    private void lose(Machine active, Runnable how) {
      assertThat(active.role()).isEqualTo("ACTIVE");
      how.run();
      Awaitility.await("takeover").atMost(PATIENCE).until(() -> isActive(other(active)));
      Awaitility.await("answers again")
          .atMost(PATIENCE)
          .until(() -> outages.longestMillis(outages.now() - 500) < 500);
    }

    private static boolean isActive(Machine machine) {
      return machine.role().equals("ACTIVE");
    }

    /** The unit is enabled: whoever boots, starts. */
    private void returns(Machine machine) {
      machine.boot();
      awaitRoles(other(machine), machine);
    }

    private void upgrade(Machine machine) {
      var before = pid(machine);
      machine.must(kind.upgrade());
      Awaitility.await("the new daemon")
          .atMost(PATIENCE)
          .until(() -> !machine.role().isEmpty() && pid(machine) != before);
      Awaitility.await("one of each")
          .atMost(PATIENCE)
          .until(
              () ->
                  List.of(primary.role(), backup.role()).containsAll(List.of("ACTIVE", "STANDBY")));
    }

    private static int pid(Machine machine) {
      try {
        return machine.status().path("self").path("processId").asInt();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Machine standby() {
      return isActive(primary) ? backup : primary;
    }

    private Machine remaining() {
      return isActive(primary) ? primary : backup;
    }

    private void remove(Machine machine) {
      machine.must(kind.remove());
      assertThat(machine.must("ip -4 address show dev eth0")).doesNotContain(virtual + "/");
      assertThat(machine.run("pgrep java || echo none; ls /usr/sbin/director").text())
          .contains("none")
          .contains("No such file");
    }
  }
}
