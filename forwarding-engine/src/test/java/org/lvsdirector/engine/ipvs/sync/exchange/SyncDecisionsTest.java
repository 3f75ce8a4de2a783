// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.engine.ipvs.KernelDaemon;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;
import org.lvsdirector.engine.ipvs.sync.exchange.DaemonPlan.Step;
import org.lvsdirector.engine.ipvs.sync.exchange.DaemonPlan.Wanted;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Verdict;
import org.lvsdirector.engine.table.Table;

public class SyncDecisionsTest {
  private static final KernelDaemon MASTER = new KernelDaemon(State.MASTER, "eth1", 3, null);
  private static final KernelDaemon BACKUP = new KernelDaemon(State.BACKUP, "eth1", 3, null);

  // ---- daemons ---------------------------------------------------------------------------------

  @Test
  void whatRunsAsWantedIsLeftAlone() {
    assertThat(plan(Set.of(State.MASTER), List.of(MASTER), Set.of(State.MASTER)))
        .isEqualTo(new DaemonPlan(List.of(), ""));
  }

  @Test
  void aMissingDaemonIsStartedAndOneTooManyStopped() {
    assertThat(plan(Set.of(State.MASTER), List.of(BACKUP), Set.of(State.BACKUP)).steps())
        .containsExactly(new Step.Start(MASTER), new Step.Stop(State.BACKUP));
  }

  @Test
  void ownDaemonOnTheWrongInterfaceIsMoved() {
    var wrong = new KernelDaemon(State.BACKUP, "eth0", 3, null);
    assertThat(plan(Set.of(State.BACKUP), List.of(wrong), Set.of(State.BACKUP)).steps())
        .containsExactly(new Step.Stop(State.BACKUP), new Step.Start(BACKUP));
  }

  @Test
  void daemonsOfAnotherToolAreNeverStopped() {
    assertThat(plan(Set.of(), List.of(MASTER, BACKUP), Set.of()).steps()).isEmpty();
    var foreign = new KernelDaemon(State.BACKUP, "eth0", 9, null);
    var plan = plan(Set.of(State.BACKUP), List.of(foreign), Set.of());
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.problem()).contains("another tool", "eth0", "id 9");
  }

  @Test
  void aDaemonOfAnotherGroupIsNotTheOneWanted() {
    var other = new KernelDaemon.Channel(1472, IpAddress.of("224.0.0.99"), 8848, 1);
    var running = new KernelDaemon(State.BACKUP, "eth1", 3, other);
    assertThat(plan(Set.of(State.BACKUP), List.of(running), Set.of()).problem()).isNotEmpty();
  }

  private static DaemonPlan plan(Set<State> wanted, List<KernelDaemon> running, Set<State> ours) {
    return DaemonPlan.of(new Wanted("eth1", 3, wanted), running, ours);
  }

  // ---- what counts -----------------------------------------------------------------------------

  @Test
  void theStandbyLeavesOutWhatIsAboutToExpireAndTheActiveALittleMore() {
    var lives = new Lifetimes(900, 300, Table.EMPTY);
    assertThat(lives.isThere(ConnectionEntries.tcp(1, 19))).isFalse();
    assertThat(lives.isThere(ConnectionEntries.tcp(1, 20))).isTrue();
    assertThat(lives.isWanted(ConnectionEntries.tcp(1, 29))).isFalse();
    assertThat(lives.isWanted(ConnectionEntries.tcp(1, 30))).isTrue();
  }

  @Test
  void shortLivesHaveAShortHorizon() {
    var lives = new Lifetimes(8, 300, Table.EMPTY);
    assertThat(lives.isThere(ConnectionEntries.tcp(1, 2))).isTrue();
    assertThat(lives.isWanted(ConnectionEntries.tcp(1, 3))).isFalse();
    assertThat(lives.isWanted(ConnectionEntries.tcp(1, 4))).isTrue();
  }

  @Test
  void inSyncIsNothingOverdueOrOneInAThousand() {
    assertThat(InSync.is(new Verdict(0, 0, 0, 0, 0))).isTrue();
    assertThat(InSync.is(new Verdict(200, 150, 0, 0, 0))).isTrue();
    assertThat(InSync.is(new Verdict(999, 1, 1, 0, 0))).isFalse();
    assertThat(InSync.is(new Verdict(1_000, 1, 1, 0, 0))).isTrue();
    assertThat(InSync.is(new Verdict(0, 1, 1, 0, 0))).isFalse();
  }

  @Test
  void ofAStandbyThatHasJustComeAllIsOverdueLaterOnlyWhatIsMissingForLong() {
    var grace = MissingConnections.GRACE_NANOS;
    var missing = new MissingConnections();
    var first = List.of(ConnectionEntries.tcp(1, 900), ConnectionEntries.tcp(2, 900));
    assertThat(missing.overdue(1, first, 0)).isEqualTo(first);
    var second = List.of(ConnectionEntries.tcp(2, 900), ConnectionEntries.tcp(3, 900));
    assertThat(missing.overdue(1, second, 100)).containsExactly(ConnectionEntries.tcp(2, 900));
    assertThat(missing.oldestNanos(100)).isEqualTo(grace + 100);
    var third = List.of(ConnectionEntries.tcp(3, 900));
    assertThat(missing.overdue(1, third, grace + 99)).isEmpty();
    assertThat(missing.oldestNanos(grace + 99)).isEqualTo(grace - 1);
    assertThat(missing.overdue(1, third, grace + 100)).isEqualTo(third);
    assertThat(missing.overdue(1, List.of(), grace + 101)).isEmpty();
    assertThat(missing.oldestNanos(grace + 101)).isZero();
    assertThat(missing.overdue(1, third, grace + 102)).isEmpty();
    assertThat(missing.overdue(2, third, grace + 103)).isEqualTo(third);
  }

  // ---- what is said of a flow ------------------------------------------------------------------

  public static final Table TABLE =
      Table.of(
          List.of(
              service(
                  new ServiceKey.ByAddress(Protocol.TCP, end("10.77.0.1", 80)), 0, "10.9.0.11:80"),
              service(
                  new ServiceKey.ByAddress(Protocol.TCP, end("10.77.0.1", 443)),
                  240,
                  "10.9.0.12:443"),
              service(new ServiceKey.ByMark(5, Family.IPV4), 300, "10.9.0.12:0")));

  @Test
  void methodAndCountingComeFromTheService() {
    var entry = entry("TCP 0A090002 0438 0A4D0001 0050 0A09000B 0050 ESTABLISHED     894");
    assertThat(entry.flags()).isEqualTo(SyncEntry.F_NO_OUTPUT | 3);
    assertThat(entry.timeoutSeconds()).isEqualTo(900);
    assertThat(entry.mark()).isZero();
    var template = entry("TCP 0A090002 0000 0A4D0001 01BB 0A09000C 01BB ASSURED         234");
    assertThat(template.flags()).isEqualTo(0x1183);
    assertThat(template.timeoutSeconds()).isEqualTo(240);
  }

  @Test
  void theMarkIsFoundByTheServer() {
    var template = entry("IP  0A090002 0000 00000005 0000 0A09000C 0000 ASSURED         294");
    assertThat(template.mark()).isEqualTo(5);
    assertThat(template.timeoutSeconds()).isEqualTo(300);
    assertThat(template.flags()).isEqualTo(0x1183);
    var connection = entry("TCP 0A090002 2328 0A4D0001 1F40 0A09000C 1F40 ESTABLISHED     894");
    assertThat(connection.mark()).isEqualTo(5);
    assertThat(connection.flags()).isEqualTo(0x83);
  }

  @Test
  void ofAServerThatIsGoneTheRestIsSaid() {
    var entry = entry("UDP 0A090002 0438 0A4D0001 0050 0A0900FF 0050 UDP     94");
    assertThat(entry.flags()).isEqualTo(SyncEntry.F_INACTIVE);
    assertThat(entry.timeoutSeconds()).isEqualTo(300);
  }

  @Test
  void whatMakesNoSenseIsNoMessage() {
    for (var bytes : List.of(new byte[0], new byte[] {9}, new byte[] {1, 2}, new byte[] {4})) {
      assertThatThrownBy(() -> Exchange.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static SyncEntry entry(String line) {
    var flow = Objects.requireNonNull(ConnectionEntries.line(line));
    var lives = new Lifetimes(900, 300, TABLE);
    return new Owners(TABLE).entry(flow, lives.seconds(flow));
  }

  private static Endpoint end(String address, int port) {
    return new Endpoint(IpAddress.of(address), port);
  }

  private static Table.Service service(ServiceKey key, int persistenceSeconds, String server) {
    var parts = server.split(":", -1);
    return Table.Service.of(
        key,
        new Table.ServiceSettings(
            SchedulerName.RR,
            Set.of(),
            persistenceSeconds == 0
                ? null
                : new Persistence(Duration.ofSeconds(persistenceSeconds), 32),
            false),
        List.of(
            new Table.Server(
                end(parts[0], Integer.parseInt(parts[1])),
                ForwardingMethod.DIRECT_ROUTING,
                1,
                0,
                0)));
  }
}
