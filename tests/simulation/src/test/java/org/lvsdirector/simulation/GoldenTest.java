// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;

import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lvsdirector.pulse.failover.Input.Order;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** The canonical failovers, word for word. */
class GoldenTest {

  private static final Conditions QUIET = Conditions.quiet();
  private static final Set<String> ADDED = Set.of("v1", "v3");
  private static final Conditions TARGETS = QUIET.with(Policy.DEFAULT.withTargets());
  private static final Conditions STRICT =
      QUIET.with(Policy.DEFAULT.withWitness(Witnessing.STRICT, 3 * Timeline.SECOND));

  /** Tells a story of a settled pair. */
  private static void tell(String name, Conditions conditions, UnaryOperator<Scenario> story)
      throws IOException {
    check(name, story.apply(Scenario.settled(name, conditions)));
  }

  private static void tell(String name, UnaryOperator<Scenario> story) throws IOException {
    tell(name, QUIET, story);
  }

  private static void check(String name, Scenario scenario) throws IOException {
    Golden.check(Golden.transcript(name), scenario.transcript());
  }

  @Test
  void hostCrash() throws IOException {
    tell(
        "host-crash",
        story ->
            story
                .at(10_050, on -> on.director(PRIMARY).crashHost())
                .at(20_000, on -> on.director(PRIMARY).start())
                .until(30_000));
  }

  @Test
  void processCrashWithQuickRestart() throws IOException {
    tell(
        "process-crash-quick-restart",
        story ->
            story
                .at(10_050, on -> on.director(PRIMARY).crashProcess())
                .at(10_400, on -> on.director(PRIMARY).start())
                .until(20_000));
  }

  @Test
  void processCrashWithSlowRestart() throws IOException {
    tell(
        "process-crash-slow-restart",
        story ->
            story
                .at(10_050, on -> on.director(PRIMARY).crashProcess())
                .at(15_000, on -> on.director(PRIMARY).start())
                .until(25_000));
  }

  @Test
  void hang() throws IOException {
    tell(
        "hang",
        story ->
            story.at(10_050, on -> on.director(PRIMARY).stall(5 * Timeline.SECOND)).until(20_000));
  }

  @Test
  void publicLinkCut() throws IOException {
    tell(
        "public-link-cut",
        TARGETS,
        story ->
            story
                .at(10_050, on -> on.port(PRIMARY, false))
                .at(20_000, on -> on.port(PRIMARY, true))
                .until(30_000));
  }

  @Test
  void privateLinkCut() throws IOException {
    tell(
        "private-link-cut",
        story ->
            story
                .at(10_050, on -> on.cut(1, true))
                .at(20_000, on -> on.cut(1, false))
                .until(30_000));
  }

  @Test
  void bothLinksCutWithTheAddressesStillHeard() throws IOException {
    tell(
        "both-links-cut",
        story ->
            story
                .at(10_050, on -> on.cutBoth(true))
                .at(20_000, on -> on.cutBoth(false))
                .until(30_000));
  }

  @Test
  void oneWayCutOfTheActive() throws IOException {
    tell(
        "one-way-cut",
        story ->
            story
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
    tell(
        "full-partition",
        story -> story.at(10_050, Scenario::partition).at(20_000, Scenario::heal).until(30_000));
  }

  @Test
  void plannedFailover() throws IOException {
    tell(
        "planned-failover",
        story ->
            story
                .at(10_050, on -> on.order(PRIMARY, Order.FAILOVER))
                .at(15_000, on -> on.order(PRIMARY, Order.FAILOVER))
                .at(20_000, on -> on.order(PRIMARY, Order.STANDBY))
                .at(25_000, on -> on.order(PRIMARY, Order.ONLINE))
                .at(30_000, on -> on.director(BACKUP).machine().stop(false))
                .until(35_000));
  }

  @Test
  void refusedFailover() throws IOException {
    tell(
        "refused-failover",
        story ->
            story
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
    tell(
        "failback-synced",
        QUIET.with(failback),
        story ->
            story
                .at(10_050, on -> on.director(PRIMARY).crashHost())
                .at(20_000, on -> on.director(PRIMARY).start())
                .at(40_000, on -> on.director(PRIMARY).crashHost())
                .at(45_000, on -> on.director(PRIMARY).start())
                .until(120_000));
  }

  @Test
  void partitionWithAWitness() throws IOException {
    tell(
        "witness-partition",
        STRICT,
        story ->
            story
                .at(10_050, Scenario::partition)
                .at(20_000, on -> on.witness(PRIMARY, true))
                .at(40_000, Scenario::heal)
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
    tell(
        "config-mismatch",
        story ->
            story
                .at(10_050, on -> on.director(BACKUP).configure("c3d4"))
                .at(12_000, on -> on.order(PRIMARY, Order.FAILOVER))
                .at(14_000, on -> on.director(PRIMARY).configure("c3d4"))
                .at(16_000, on -> on.order(PRIMARY, Order.FAILOVER))
                .until(20_000));
  }

  @Test
  void maintenanceSurvivesARestart() throws IOException {
    tell(
        "maintenance-restart",
        story ->
            story
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
    tell(
        "public-link-cut-no-targets",
        story -> story.at(10_050, on -> on.port(PRIMARY, false)).until(20_000));
  }

  /** No word of the witness comes, so that the claim gathers its proofs for a while. */
  @Test
  void reloadInAClaimThatIsGivenUp() throws IOException {
    tell(
        "reload-claim-given-up",
        STRICT,
        story ->
            story
                .at(
                    10_050,
                    on -> {
                      on.witness(BACKUP, true);
                      on.partition();
                    })
                .at(10_900, on -> on.director(BACKUP).configure("c3d4", ADDED))
                .at(12_000, Scenario::heal)
                .until(20_000));
  }

  @Test
  void reloadInAHandover() throws IOException {
    tell(
        "reload-handover",
        story ->
            story
                .at(10_050, on -> on.order(PRIMARY, Order.FAILOVER))
                .at(10_061, on -> on.director(BACKUP).configure("c3d4", ADDED))
                .at(10_062, on -> on.director(PRIMARY).configure("c3d4", ADDED))
                .until(20_000));
  }

  @Test
  void reloadOfWhatOnlyThePartnerCanTake() throws IOException {
    tell(
        "reload-refused-here",
        story ->
            story
                .at(10_010, on -> on.director(PRIMARY).machine().deeds().deny("v3"))
                .at(10_050, on -> on.director(PRIMARY).configure("c3d4", ADDED))
                .at(12_000, on -> on.director(BACKUP).configure("c3d4", ADDED))
                .until(20_000));
  }

  @Test
  void reloadOfWhatNobodyCanTakeYet() throws IOException {
    tell(
        "reload-refused-everywhere",
        story ->
            story
                .at(
                    10_010,
                    on -> {
                      on.director(PRIMARY).machine().deeds().deny("v3");
                      on.director(BACKUP).machine().deeds().deny("v3");
                    })
                .at(10_050, on -> on.director(BACKUP).configure("c3d4", ADDED))
                .at(10_060, on -> on.director(PRIMARY).configure("c3d4", ADDED))
                .at(20_000, on -> on.director(PRIMARY).machine().deeds().deny())
                .until(30_000));
  }
}
