// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;
import static org.lvsdirector.config.Role.ACTIVE;
import static org.lvsdirector.config.Role.STANDBY;

import org.junit.jupiter.api.Test;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;

/** The primary asks for the role back, when it may. */
class FailbackTest {

  private static final Policy SYNC = Policy.DEFAULT.withSync();
  private static final Policy FAILBACK =
      Policy.DEFAULT.withFailback(5000 * Bench.MS, 60_000 * Bench.MS);

  private static Bench returned() {
    return Bench.standby(PRIMARY, FAILBACK).at(1010).synced(true);
  }

  private static void hearsActiveUntil(Bench node, long millis) {
    for (var at = node.nowMillis + 100; at < millis; at += 100) {
      node.at(at).hears(ACTIVE, 5);
    }
  }

  @Test
  void returnedPrimaryAsksForTheRoleWhenItHasBeenInSyncForTheHoldTime() {
    var node = returned();
    hearsActiveUntil(node, 6010);
    assertThat(node.told().has(Flag.REQUESTS)).isFalse();
    assertThat(node.wakeAtMillis()).isEqualTo(6010);
    node.at(6010).wake();
    assertThat(node.told().flags()).contains(Flag.REQUESTS, Flag.FAILBACK, Flag.IN_SYNC);
    assertThat(node.told().syncPosition()).isEqualTo(7);
  }

  @Test
  void holdTimeStartsAnewWhenTheTableFallsBehind() {
    var node = returned();
    hearsActiveUntil(node, 3000);
    node.at(3000).synced(false).at(3010).synced(true);
    hearsActiveUntil(node, 8010);
    assertThat(node.told().has(Flag.REQUESTS)).isFalse();
    assertThat(node.at(8010).wake().told().has(Flag.REQUESTS)).isTrue();
  }

  @Test
  void primaryDoesNotAskTwiceWithinTheBackoff() {
    var node = returned();
    hearsActiveUntil(node, 6100);
    node.at(6110).hears(0, node.flagged(ACTIVE, 5, Flag.REFUSES));
    assertThat(node.told().has(Flag.REQUESTS)).isFalse();
    hearsActiveUntil(node, 66_000);
    assertThat(node.told().has(Flag.REQUESTS)).isFalse();
    hearsActiveUntil(node, 66_300);
    assertThat(node.told().has(Flag.REQUESTS)).isTrue();
  }

  @Test
  void partnerRemembersTheBackoffForAPrimaryThatRestarts() {
    var node = Bench.active(BACKUP, FAILBACK).at(2010);
    var asks = new Flag[] {Flag.REQUESTS, Flag.FAILBACK, Flag.IN_SYNC};
    node.hears(0, node.flagged(STANDBY, 4, asks));
    assertThat(node.told().has(Flag.OFFERS)).isTrue();
    node.at(2020).hears(0, node.flagged(STANDBY, 4, Flag.REFUSES));
    node.at(9000).hears(0, node.flagged(STANDBY, 4, asks));
    assertThat(node.told().reason()).isEqualTo("failback was granted a while ago");
    node.at(9010).hears(0, node.flagged(STANDBY, 4, Flag.REQUESTS, Flag.IN_SYNC));
    assertThat(node.told().has(Flag.OFFERS)).as("an operator may").isTrue();
  }

  @Test
  void noFailbackUnlessConfiguredAndOnlyOfThePrimary() {
    var never = Bench.standby(PRIMARY, SYNC).at(1010).synced(true);
    hearsActiveUntil(never, 20_000);
    assertThat(never.told().has(Flag.REQUESTS)).isFalse();
    var backup = Bench.standby(BACKUP, FAILBACK).at(1010).synced(true);
    hearsActiveUntil(backup, 20_000);
    assertThat(backup.told().has(Flag.REQUESTS)).isFalse();
  }
}
