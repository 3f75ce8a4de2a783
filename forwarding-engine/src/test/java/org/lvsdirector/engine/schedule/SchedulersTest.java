// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lvsdirector.config.SchedulerName;

class SchedulersTest {

  @Test
  void roundRobinStartsAtTheNewestServer() {
    assertThat(new Pool(SchedulerName.RR).add(1, 5, 1).choose(7)).isEqualTo("CBACBAC");
  }

  @Test
  void roundRobinSkipsQuiescedAndOverloadedServers() {
    var pool = new Pool(SchedulerName.RR).add(1, 0, 1, 1);
    pool.overload('D');
    assertThat(pool.choose(4)).isEqualTo("CACA");
  }

  @Test
  void roundRobinGoesOnAfterTheServerChosenLastWhenOneJoins() {
    var pool = new Pool(SchedulerName.RR).add(1, 1, 1);
    assertThat(pool.choose(1)).isEqualTo("C");
    pool.add(1);
    assertThat(pool.choose(5)).isEqualTo("BADCB");
  }

  @Test
  void roundRobinGoesOnBeforeTheServerThatLeft() {
    var pool = new Pool(SchedulerName.RR).add(1, 1, 1);
    assertThat(pool.choose(2)).isEqualTo("CB");
    pool.remove('B');
    assertThat(pool.choose(3)).isEqualTo("ACA");
    pool.remove('C');
    assertThat(pool.choose(2)).isEqualTo("AA");
  }

  @Test
  void weightedRoundRobinInterleavesByWeight() {
    assertThat(new Pool(SchedulerName.WRR).add(4, 3, 2).choose(15)).isEqualTo("CBAABACBACBAABA");
    assertThat(new Pool(SchedulerName.WRR).add(1, 0, 1).choose(4)).isEqualTo("CACA");
  }

  @Test
  void weightedRoundRobinGivesEachServerItsShare() {
    var turns = new Pool(SchedulerName.WRR).add(30, 20, 10, 0).choose(6 * 50);
    assertThat(turns.chars().filter(c -> c == 'A').count()).isEqualTo(150);
    assertThat(turns.chars().filter(c -> c == 'B').count()).isEqualTo(100);
    assertThat(turns.chars().filter(c -> c == 'C').count()).isEqualTo(50);
  }

  @Test
  void leastConnectionTakesTheFirstOfEqualsAndIgnoresWeights() {
    var pool = new Pool(SchedulerName.LC).add(1, 9, 1);
    assertThat(pool.choose(1)).isEqualTo("C");
    pool.server('C').connections(1, 0);
    pool.server('B').connections(0, 256);
    pool.server('A').connections(0, 258);
    assertThat(pool.choose(1)).isEqualTo("B");
    pool.server('B').connections(0, 257);
    assertThat(pool.choose(1)).isEqualTo("C");
  }

  @Test
  void weightedLeastConnectionComparesLoadByWeight() {
    var pool = new Pool(SchedulerName.WLC).add(1, 3);
    pool.server('A').connections(1, 0);
    pool.server('B').connections(2, 0);
    assertThat(pool.choose(1)).isEqualTo("B");
    pool.server('B').connections(3, 0);
    assertThat(pool.choose(1)).isEqualTo("B");
    pool.server('B').connections(3, 1);
    assertThat(pool.choose(1)).isEqualTo("A");
  }

  @Test
  void shortestExpectedDelayCountsTheNewConnection() {
    var pool = new Pool(SchedulerName.SED).add(1, 3);
    assertThat(pool.choose(1)).isEqualTo("B");
    pool.server('B').connections(2, 9);
    assertThat(pool.choose(1)).isEqualTo("B");
    pool.server('B').connections(3, 0);
    assertThat(pool.choose(1)).isEqualTo("A");
  }

  @Test
  void neverQueuePrefersAnIdleServer() {
    var pool = new Pool(SchedulerName.NQ).add(1, 100);
    pool.server('B').connections(1, 0);
    assertThat(pool.choose(1)).isEqualTo("A");
    pool.server('A').connections(1, 0);
    assertThat(pool.choose(1)).isEqualTo("B");
  }

  @Test
  void weightedFailoverTakesTheHighestUsableWeight() {
    var pool = new Pool(SchedulerName.FO).add(10, 20, 20, 5);
    assertThat(pool.choose(1)).isEqualTo("C");
    pool.overload('C');
    assertThat(pool.choose(1)).isEqualTo("B");
    pool.weigh('B', 0);
    assertThat(pool.choose(1)).isEqualTo("A");
  }

  @Test
  void weightedOverflowFillsAServerWithOneMoreThanItsWeight() {
    var pool = new Pool(SchedulerName.OVF).add(1, 2);
    pool.server('B').connections(2, 50);
    assertThat(pool.choose(1)).isEqualTo("B");
    pool.server('B').connections(3, 0);
    assertThat(pool.choose(1)).isEqualTo("A");
    pool.server('A').connections(2, 0);
    assertThat(pool.choose(1)).isEqualTo("-");
  }

  @Test
  void thresholdsMarkAServerUntilTheLowerOneIsUndercut() {
    var server = new Destination(Pool.endpoint(0), 1, 10, 5);
    server.connections(6, 4);
    assertThat(server.isUsable()).isFalse();
    server.connections(5, 0);
    assertThat(server.isUsable()).isFalse();
    server.edit(2, 10, 5);
    assertThat(server.isUsable()).as("other weight, same thresholds").isFalse();
    server.connections(4, 0);
    assertThat(server.isUsable()).isTrue();
    server.connections(9, 0);
    assertThat(server.isUsable()).isTrue();
    server.edit(2, 9, 0);
    assertThat(server.isUsable()).isFalse();
    server.connections(7, 0);
    assertThat(server.isUsable()).as("three quarters of 9 is 7 in integers").isFalse();
    server.connections(6, 0);
    assertThat(server.isUsable()).isTrue();
  }
}
