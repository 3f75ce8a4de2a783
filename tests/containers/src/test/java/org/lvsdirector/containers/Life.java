// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.lvsdirector.packaging.StepTable;

/** What one pair goes through, by the commands of {@code docs/install.md}. */
final class Life {
  private static final int CLIENT = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PACKAGES = "/opt/packages";
  private static final String LATER = "/opt/packages/later";

  private static final Duration QUIET = Duration.ofSeconds(5);

  private static final Pattern COMMAND =
      Pattern.compile("director pair [0-9.]+ [0-9A-Z]{4}-[0-9A-Z]{4}");

  private final Kind kind;
  private final InstallPage page;
  private final StepTable table;
  private final Machine primary;
  private final Machine backup;
  private final Machine client;
  private final Outages outages;
  private String key = "";
  private long boundMillis = Long.MAX_VALUE;

  Life(Kind kind, Site site, InstallPage page, StepTable table) {
    this.kind = kind;
    this.page = page;
    this.table = table;
    var machines =
        site.machines(
            List.of(
                new Site.Plan(kind.name() + "-primary", kind.number()),
                new Site.Plan(kind.name() + "-backup", kind.number() + 1),
                new Site.Plan(kind.name() + "-client", kind.number() + CLIENT)));
    primary = machines.get(0);
    backup = machines.get(1);
    client = machines.get(2);
    outages = new Outages(client, kind.virtual());
  }

  void live() throws IOException {
    unseen("install on both", () -> both(this::install));
    unseen("configure, of Piranha's file", this::configure);
    unseen("start by the unit", this::start);
    seen("drill and back", this::drill);
    seen("shut the active machine down", () -> lose(primary, primary::shutDown));
    seen("it returns", () -> returns(primary));
    seen("kill the active machine", () -> lose(backup, backup::kill));
    seen("it returns", () -> returns(backup));
    seen("upgrade the standby", () -> upgrade(backup, "Upgrade", "both", LATER));
    seen("upgrade the active", () -> upgrade(primary, "Upgrade", "both", LATER));
    seen("downgrade the standby", () -> upgrade(standby(), "Downgrade", "one", PACKAGES));
    seen("remove from the standby", () -> remove(standby()));
    unseen("remove from the last", () -> remove(remaining()));
    if (kind.name().equals("deb")) {
      unseen("a witness", this::witness);
    }
  }

  private void unseen(String what, StepTable.Work work) throws IOException {
    table.step(what, kind.label(), work, () -> "-");
  }

  private void seen(String what, StepTable.Work work) throws IOException {
    var since = outages.now();
    table.step(
        what,
        kind.label(),
        () -> {
          work.run();
          bound(what, outages.longestMillis(since));
        },
        () -> outages.longestMillis(since) + " ms");
  }

  private void bound(String what, long outageMillis) {
    if (outageMillis > boundMillis) {
      Stream.of(primary, backup)
          .filter(Machine::isRunning)
          .map(machine -> machine.run("ip -br address; journalctl -u lvs-director").text())
          .forEach(System.out::println);
    }
    assertThat(outageMillis).as("outage: %s", what).isLessThanOrEqualTo(boundMillis);
  }

  /**
   * No step may keep a client from its answer for longer than some deadtimes, and what this machine
   * does to it when nothing happens.
   */
  private void learnBound() {
    var since = outages.now();
    Awaitility.await("a quiet time").pollDelay(QUIET).atMost(PATIENCE).until(() -> true);
    boundMillis = 4 * (Kind.DEADTIME_MILLIS + outages.longestMillis(since));
  }

  private interface Work {
    void run(Machine machine);
  }

  private void both(Work work) {
    work.run(primary);
    work.run(backup);
  }

  /** Runs commands of the page in a folder. */
  private Machine.Ran page(Machine machine, String heading, String where, String folder) {
    var script = page.script(heading, kind.name(), where);
    return machine.run("{ set -e; cd " + folder + "; " + kind.before() + "\n" + script + "\n}");
  }

  private String must(Machine machine, String heading, String where, String folder) {
    var ran = page(machine, heading, where, folder);
    assertThat(ran.status()).as("%s: %s%n%s", machine.name(), heading, ran.text()).isZero();
    return ran.text();
  }

  // ---- steps -----------------------------------------------------------------------------------

  private void install(Machine machine) {
    assertThat(must(machine, "1. Install", "both", PACKAGES)).contains("director ");
    machine.must("systemctl start lvs-director");
    assertThat(machine.run("systemctl is-active lvs-director").text())
        .as("nothing starts with the example")
        .isEqualTo("inactive\n");
  }

  private void configure() {
    primary.must("mkdir -p /etc/sysconfig/ha");
    primary.write("/etc/sysconfig/ha/lvs.cf", kind.lvsCf());
    must(primary, "2. Configure", "one", "/");
    backup.write("/etc/lvs-director/lvs.cf", primary.must("cat /etc/lvs-director/lvs.cf"));
    both(machine -> must(machine, "2. Configure", "both", "/"));
    pair();
    key = primary.must("cat /etc/lvs-director/key");
    both(machine -> must(machine, "3. Seal", "both", "/"));
  }

  /** The page's address and code are examples: the commands get those of this pair. */
  private void pair() {
    var waiting = page.script("3. Seal", kind.name(), "one");
    primary.must("(" + waiting + ") > /tmp/pair.txt 2>&1 < /dev/null &");
    Awaitility.await("a code")
        .atMost(PATIENCE)
        .until(() -> COMMAND.matcher(primary.must("cat /tmp/pair.txt")).find());
    var shown = COMMAND.matcher(primary.must("cat /tmp/pair.txt"));
    assertThat(shown.find()).isTrue();
    var typed =
        COMMAND.matcher(page.script("3. Seal", kind.name(), "other")).replaceAll(shown.group());
    assertThat(typed).contains(shown.group());
    backup.must(typed);
    Awaitility.await("the first one's word")
        .atMost(PATIENCE)
        .until(() -> primary.must("cat /tmp/pair.txt").contains("done"));
  }

  private void giveKey(Machine machine) {
    machine.write("/etc/lvs-director/key", key);
    machine.must("chmod 600 /etc/lvs-director/key; chown lvs-director: /etc/lvs-director/key");
  }

  private void start() {
    both(machine -> must(machine, "4. Start", "both", "/"));
    awaitRoles(primary, backup);
    Awaitility.await("the first answer")
        .atMost(PATIENCE)
        .until(() -> outages.longestMillis(outages.now() - 1000) < 1000);
    learnBound();
  }

  /**
   * The proxy engine's connections end with the role: the verdict may count some that failed, so
   * here it is the roles that must have moved and come back.
   */
  private void drill() {
    var told = page(primary, "5. See a failover work", "one", "/").text();
    assertThat(told).contains("failover from primary to backup", "failover from backup to primary");
    assertThat(told.lines().filter(line -> line.endsWith("the order is done"))).as(told).hasSize(2);
    awaitRoles(primary, backup);
  }

  private void lose(Machine active, Runnable how) {
    assertThat(active.role()).isEqualTo("ACTIVE");
    how.run();
    Awaitility.await("takeover").atMost(PATIENCE).until(() -> isActive(other(active)));
    Awaitility.await("answers again")
        .atMost(PATIENCE)
        .until(() -> outages.longestMillis(outages.now() - 500) < 500);
  }

  /** The unit is enabled: whoever boots, starts. */
  private void returns(Machine machine) {
    machine.boot();
    awaitRoles(other(machine), machine);
  }

  private void upgrade(Machine machine, String heading, String where, String folder) {
    var before = pid(machine);
    must(machine, heading, where, folder);
    Awaitility.await("the new daemon")
        .atMost(PATIENCE)
        .until(() -> !machine.role().isEmpty() && pid(machine) != before);
    Awaitility.await("one of each")
        .atMost(PATIENCE)
        .until(
            () -> List.of(primary.role(), backup.role()).containsAll(List.of("ACTIVE", "STANDBY")));
  }

  private void remove(Machine machine) {
    must(machine, "Remove", "both", "/");
    assertThat(machine.must("ip -4 address show dev eth0")).doesNotContain(kind.virtual() + "/");
    assertThat(machine.run("pgrep java || echo none; ls /usr/sbin/director").text())
        .contains("none")
        .contains("No such file");
  }

  private void witness() {
    must(client, "1. Install", "witness", PACKAGES);
    giveKey(client);
    must(client, "The witness", "witness", "/");
    assertThat(client.must("systemctl is-active lvs-director-witness")).isEqualTo("active\n");
  }

  // ---- who is what -----------------------------------------------------------------------------

  private static void awaitRoles(Machine active, Machine standby) {
    Awaitility.await(active.name() + " active, " + standby.name() + " standby")
        .atMost(PATIENCE)
        .until(() -> active.role().equals("ACTIVE") && standby.role().equals("STANDBY"));
  }

  private Machine other(Machine machine) {
    return machine == primary ? backup : primary;
  }

  private static boolean isActive(Machine machine) {
    return machine.role().equals("ACTIVE");
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
}
