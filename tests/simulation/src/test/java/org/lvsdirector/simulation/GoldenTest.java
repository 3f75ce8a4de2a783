package org.lvsdirector.simulation;

import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lvsdirector.pulse.Input.Order;
import org.lvsdirector.pulse.Policy;
import org.lvsdirector.pulse.Policy.Witnessing;

/** The canonical failovers, word for word. */
class GoldenTest {

  private static final Conditions QUIET = Conditions.quiet();
  private static final Conditions TARGETS = QUIET.with(Policy.DEFAULT.withTargets());
  private static final Conditions STRICT =
      QUIET.with(Policy.DEFAULT.withWitness(Witnessing.STRICT, 3 * Timeline.SECOND));

  private static Scenario settled(String name) {
    return Scenario.settled(name, QUIET);
  }

  private static void check(String name, Scenario scenario) throws IOException {
    Golden.check(Golden.transcript(name), scenario.transcript());
  }

  @Test
  void hostCrash() throws IOException {
    check(
        "host-crash",
        settled("host-crash")
            .at(10_050, on -> on.director(PRIMARY).crashHost())
            .at(20_000, on -> on.director(PRIMARY).start())
            .until(30_000));
  }

  @Test
  void processCrashWithQuickRestart() throws IOException {
    check(
        "process-crash-quick-restart",
        settled("process-crash-quick-restart")
            .at(10_050, on -> on.director(PRIMARY).crashProcess())
            .at(10_400, on -> on.director(PRIMARY).start())
            .until(20_000));
  }

  @Test
  void processCrashWithSlowRestart() throws IOException {
    check(
        "process-crash-slow-restart",
        settled("process-crash-slow-restart")
            .at(10_050, on -> on.director(PRIMARY).crashProcess())
            .at(15_000, on -> on.director(PRIMARY).start())
            .until(25_000));
  }

  @Test
  void hang() throws IOException {
    check(
        "hang",
        settled("hang")
            .at(10_050, on -> on.director(PRIMARY).stall(5 * Timeline.SECOND))
            .until(20_000));
  }

  @Test
  void publicLinkCut() throws IOException {
    check(
        "public-link-cut",
        Scenario.settled("public-link-cut", TARGETS)
            .at(10_050, on -> on.port(PRIMARY, false))
            .at(20_000, on -> on.port(PRIMARY, true))
            .until(30_000));
  }

  @Test
  void privateLinkCut() throws IOException {
    check(
        "private-link-cut",
        settled("private-link-cut")
            .at(10_050, on -> on.cut(1, true))
            .at(20_000, on -> on.cut(1, false))
            .until(30_000));
  }

  @Test
  void bothLinksCutWithTheAddressesStillHeard() throws IOException {
    check(
        "both-links-cut",
        settled("both-links-cut")
            .at(
                10_050,
                on -> {
                  on.cut(0, true);
                  on.cut(1, true);
                })
            .at(
                20_000,
                on -> {
                  on.cut(0, false);
                  on.cut(1, false);
                })
            .until(30_000));
  }

  @Test
  void oneWayCutOfTheActive() throws IOException {
    check(
        "one-way-cut",
        settled("one-way-cut")
            .at(
                10_050,
                on -> {
                  on.cutFrom(PRIMARY, 0, true);
                  on.cutFrom(PRIMARY, 1, true);
                  on.arp(true);
                })
            .at(20_000, on -> on.world().network().heal(on.world().now()))
            .until(30_000));
  }

  @Test
  void fullPartitionAndHeal() throws IOException {
    check(
        "full-partition",
        settled("full-partition")
            .at(
                10_050,
                on -> {
                  on.cut(0, true);
                  on.cut(1, true);
                  on.arp(true);
                })
            .at(
                20_000,
                on -> {
                  on.say("heals");
                  on.world().network().heal(on.world().now());
                })
            .until(30_000));
  }

  @Test
  void plannedFailover() throws IOException {
    check(
        "planned-failover",
        settled("planned-failover")
            .at(10_050, on -> on.order(PRIMARY, Order.FAILOVER))
            .at(15_000, on -> on.order(PRIMARY, Order.FAILOVER))
            .at(20_000, on -> on.order(PRIMARY, Order.STANDBY))
            .at(25_000, on -> on.order(PRIMARY, Order.ONLINE))
            .at(30_000, on -> on.director(BACKUP).machine().stop(false))
            .until(35_000));
  }

  @Test
  void refusedFailover() throws IOException {
    check(
        "refused-failover",
        settled("refused-failover")
            .at(11_000, on -> on.director(BACKUP).machine().engine(false))
            .at(12_000, on -> on.order(PRIMARY, Order.FAILOVER))
            .at(13_000, on -> on.director(BACKUP).machine().engine(true))
            .at(13_500, on -> on.director(BACKUP).machine().deeds().denyAcquire(true))
            .at(14_000, on -> on.order(PRIMARY, Order.FAILOVER))
            .until(30_000));
  }

  @Test
  void failbackWhenSynced() throws IOException {
    var failback = Policy.DEFAULT.withFailback(5 * Timeline.SECOND, 60 * Timeline.SECOND);
    check(
        "failback-synced",
        Scenario.settled("failback-synced", QUIET.with(failback))
            .at(10_050, on -> on.director(PRIMARY).crashHost())
            .at(20_000, on -> on.director(PRIMARY).start())
            .at(40_000, on -> on.director(PRIMARY).crashHost())
            .at(45_000, on -> on.director(PRIMARY).start())
            .until(120_000));
  }

  @Test
  void partitionWithAWitness() throws IOException {
    check(
        "witness-partition",
        Scenario.settled("witness-partition", STRICT)
            .at(
                10_050,
                on -> {
                  on.cut(0, true);
                  on.cut(1, true);
                  on.arp(true);
                })
            .at(20_000, on -> on.witness(PRIMARY, true))
            .at(
                40_000,
                on -> {
                  on.say("heals");
                  on.world().network().heal(on.world().now());
                })
            .until(50_000));
  }

  @Test
  void bothStartTogether() throws IOException {
    var scenario = Scenario.empty("both-start-together", QUIET);
    scenario.director(BACKUP).start();
    scenario.director(PRIMARY).start();
    check("both-start-together", scenario.until(10_000));
  }

  @Test
  void configMismatch() throws IOException {
    check(
        "config-mismatch",
        settled("config-mismatch")
            .at(10_050, on -> on.director(BACKUP).configure("c3d4"))
            .at(12_000, on -> on.order(PRIMARY, Order.FAILOVER))
            .at(14_000, on -> on.director(PRIMARY).configure("c3d4"))
            .at(16_000, on -> on.order(PRIMARY, Order.FAILOVER))
            .until(20_000));
  }

  @Test
  void maintenanceSurvivesARestart() throws IOException {
    check(
        "maintenance-restart",
        settled("maintenance-restart")
            .at(10_050, on -> on.order(PRIMARY, Order.STANDBY))
            .at(12_000, on -> on.director(PRIMARY).crashHost())
            .at(15_000, on -> on.director(PRIMARY).start())
            .at(20_000, on -> on.director(BACKUP).crashHost())
            .at(25_000, on -> on.order(PRIMARY, Order.ONLINE))
            .at(26_000, on -> on.director(PRIMARY).crashHost())
            .at(27_000, on -> on.director(PRIMARY).start())
            .until(30_000));
  }

  @Test
  void theActiveNodesPublicPortFailsWithoutPingTargets() throws IOException {
    check(
        "public-link-cut-no-targets",
        settled("public-link-cut-no-targets")
            .at(10_050, on -> on.port(PRIMARY, false))
            .until(20_000));
  }
}
