// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.CLAIMING;
import static org.lvsdirector.config.Role.FAULT;
import static org.lvsdirector.config.Role.MAINTENANCE;
import static org.lvsdirector.config.Role.STANDBY;
import static org.lvsdirector.config.Role.STARTING;

import org.junit.jupiter.api.Test;
import org.lvsdirector.pulse.failover.Input.Order;

/** An operator keeps a node out, until told otherwise and across restarts. */
class MaintenanceTest {

  @Test
  void orderedStandbyHandsOverAndKeepsOut() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.STANDBY).at(2020).hears(ACTIVE, 5);
    assertThat(node.orderEnd()).isEqualTo("done");
    assertThat(node.at(2030).released().role()).isEqualTo(MAINTENANCE);
    assertThat(node.at(60_000).wake().role()).as("though all is silent").isEqualTo(MAINTENANCE);
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
    node.order(Order.ONLINE);
    assertThat(node.orderEnd()).isEqualTo("done");
    assertThat(node.role()).as("all has been silent").isEqualTo(CLAIMING);
  }

  @Test
  void idleNodeGoesIntoMaintenanceAtOnceAndStopsFromThere() {
    var node = Bench.standby(BACKUP).at(1010).order(Order.STANDBY);
    assertThat(node.role()).isEqualTo(MAINTENANCE);
    assertThat(node.kinds()).contains("HeartbeatNow", "OrderEnded");
    assertThat(node.order(Order.STANDBY).orderEnd()).isEqualTo("done");
    assertThat(node.stop(false).effects).contains(new Effect.Stopped(true));
    var fault = Bench.standby(BACKUP).at(1010).fit(false).order(Order.STANDBY);
    assertThat(fault.role()).isEqualTo(MAINTENANCE);
    assertThat(fault.order(Order.ONLINE).role()).as("still unfit").isEqualTo(FAULT);
  }

  @Test
  void onlineIsHarmlessWhereItChangesNothing() {
    var node = Bench.standby(BACKUP).at(1010).order(Order.ONLINE);
    assertThat(node.orderEnd()).isEqualTo("done");
    assertThat(node.role()).isEqualTo(STANDBY);
  }

  @Test
  void nodesOnTheirWayRefuseOrders() {
    var starting = Bench.started(PRIMARY);
    assertThat(starting.order(Order.FAILOVER).orderEnd()).isEqualTo("this node is STARTING");
    assertThat(starting.order(Order.STANDBY).orderEnd()).isEqualTo("this node is STARTING");
    assertThat(starting.role()).isEqualTo(STARTING);
  }

  // ---- across a restart ------------------------------------------------------------------------

  @Test
  void orderIsStoredAndItsEndToo() {
    var node = Bench.standby(BACKUP).at(1010).order(Order.STANDBY);
    assertThat(node.effects).contains(stored(node, true));
    assertThat(node.persisted().order(Order.STANDBY).has(Effect.PersistTerm.class)).isFalse();
    assertThat(node.order(Order.ONLINE).effects).contains(stored(node, false));
    assertThat(node.order(Order.ONLINE).has(Effect.PersistTerm.class)).isFalse();
  }

  private static Effect stored(Bench node, boolean isMaintained) {
    return new Effect.PersistTerm(node.idOf(Effect.PersistTerm.class), 5, isMaintained);
  }

  @Test
  void orderIsStoredOnceThePartnerHasTakenOver() {
    var node = Bench.active(PRIMARY).at(2010).order(Order.STANDBY);
    assertThat(node.has(Effect.PersistTerm.class)).isFalse();
    node.at(2020).hears(ACTIVE, 5);
    assertThat(node.effects)
        .contains(new Effect.PersistTerm(node.idOf(Effect.PersistTerm.class), 4, true));
    var handed = Bench.active(PRIMARY).at(2010).order(Order.FAILOVER).at(2020).hears(ACTIVE, 5);
    assertThat(handed.has(Effect.PersistTerm.class)).isFalse();
  }

  @Test
  void orderThatCannotBeStoredIsStoredLater() {
    var node = Bench.standby(BACKUP).at(1010).order(Order.STANDBY);
    for (var i = 1; i <= 5; i++) {
      node.failed(Effect.PersistTerm.class);
      assertThat(node.notifies(Notice.Kind.NOT_DONE)).isEqualTo(i == 5);
      var atMillis = node.nowMillis + node.settings.backoffNanos(i) / Bench.MS;
      assertThat(node.wakeAtMillis()).isEqualTo(atMillis);
      node.at(atMillis).wake();
      assertThat(node.effects).contains(stored(node, true));
    }
    assertThat(node.persisted().wakeAtMillis()).isEqualTo(-1);
  }

  @Test
  void nodeThatWasOrderedOutDoesNotTakeOverAfterARestart() {
    var node = Bench.restarted(BACKUP, false);
    assertThat(node.role()).isEqualTo(MAINTENANCE);
    assertThat(node.cause()).isEqualTo(Cause.ORDERED);
    assertThat(node.kinds()).containsExactly("HeartbeatNow", "HeartbeatNow");
    node.link(0, true).fit(true);
    assertThat(node.wakeAtMillis()).isEqualTo(-1);
    assertThat(node.at(60_000).wake().role()).isEqualTo(MAINTENANCE);
    assertThat(node.order(Order.ONLINE).role()).isEqualTo(CLAIMING);
  }

  @Test
  void onlineSoonAfterARestartListensFirst() {
    var node = Bench.restarted(BACKUP, false).link(0, true).fit(true).at(100).order(Order.ONLINE);
    assertThat(node.role()).isEqualTo(STANDBY);
    assertThat(node.wakeAtMillis()).isEqualTo(750);
  }

  @Test
  void addressesThatANodeOrderedOutFindsAreGivenUp() {
    var node = Bench.restarted(BACKUP, true);
    assertThat(node.cause()).isEqualTo(Cause.ORDERED);
    assertThat(node.released().role()).isEqualTo(MAINTENANCE);
  }

  @Test
  void nodeOrderedOutStopsAtOnceAfterARestart() {
    var node = Bench.restarted(BACKUP, false).at(10).stop(false);
    assertThat(node.effects).contains(new Effect.Stopped(true));
  }
}
