// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerName;

class LocalitySchedulersTest {
  private static final String VIP = "192.0.2.80";
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  @ParameterizedTest
  @EnumSource(names = {"LBLC", "LBLCR"})
  void aVirtualAddressKeepsItsServerWhileOthersHaveLess(SchedulerName name) {
    var pool = new Pool(name).add(10, 10);
    assertThat(pool.chooseFor(VIP, 0)).isEqualTo("B");
    pool.server('B').connections(10, 500);
    assertThat(pool.chooseFor(VIP, 1)).isEqualTo("B");
    assertThat(pool.chooseFor("192.0.2.81", 2)).isEqualTo("A");
  }

  @ParameterizedTest
  @EnumSource(names = {"LBLC", "LBLCR"})
  void aBusyServerIsLeftOnlyWhileAnotherIdles(SchedulerName name) {
    var pool = new Pool(name).add(10, 10);
    assertThat(pool.chooseFor(VIP, 0)).isEqualTo("B");
    pool.server('B').connections(11, 0);
    pool.server('A').connections(5, 0);
    assertThat(pool.chooseFor(VIP, 1)).isEqualTo("B");
    pool.server('A').connections(4, 0);
    assertThat(pool.chooseFor(VIP, 2)).isEqualTo("A");
  }

  @ParameterizedTest
  @EnumSource(names = {"LBLC", "LBLCR"})
  void aServerThatLeftIsForgottenUntilItReturns(SchedulerName name) {
    var pool = new Pool(name).add(10, 10);
    assertThat(pool.chooseFor(VIP, 0)).isEqualTo("B");
    pool.remove('B');
    pool.add(new Destination(Pool.endpoint(1), 10, 0, 0));
    pool.server('C').connections(9, 0);
    assertThat(pool.chooseFor(VIP, 1)).as("the same address and port").isEqualTo("C");
    pool.remove('C');
    assertThat(pool.chooseFor(VIP, 2)).isEqualTo("A");
  }

  @Test
  void lblcHitsIgnoreTheOverloadMarkAndLblcrHitsDoNot() {
    for (var name : new SchedulerName[] {SchedulerName.LBLC, SchedulerName.LBLCR}) {
      var pool = new Pool(name).add(10, 10);
      assertThat(pool.chooseFor(VIP, 0)).isEqualTo("B");
      pool.overload('B');
      assertThat(pool.chooseFor(VIP, 1)).isEqualTo(name == SchedulerName.LBLC ? "B" : "A");
    }
  }

  @Test
  void anEntryUnusedForADayExpires() {
    var pool = new Pool(SchedulerName.LBLC).add(10, 10);
    assertThat(pool.chooseFor(VIP, 0)).isEqualTo("B");
    pool.server('B').connections(1, 0);
    assertThat(pool.chooseFor(VIP, DAY)).as("used in time").isEqualTo("B");
    assertThat(pool.chooseFor(VIP, 2 * DAY + 31 * MINUTE)).isEqualTo("A");
  }

  @Test
  void aSetLosesItsMostLoadedMemberAfterADay() {
    var pool = new Pool(SchedulerName.LBLCR).add(10, 10);
    assertThat(pool.chooseFor(VIP, 0)).isEqualTo("B");
    pool.server('B').connections(11, 0);
    assertThat(pool.chooseFor(VIP, 1)).isEqualTo("A");
    pool.server('A').connections(8, 0);
    pool.server('B').connections(7, 0);
    assertThat(pool.chooseFor(VIP, DAY)).as("both are in the set").isEqualTo("B");
    pool.server('A').connections(6, 0);
    assertThat(pool.chooseFor(VIP, DAY + 10)).as("B leaves the set").isEqualTo("A");
    pool.server('B').connections(0, 0);
    assertThat(pool.chooseFor(VIP, DAY + 20)).isEqualTo("A");
  }

  @Test
  void theCacheForgetsIdleEntriesWhenThereAreTooMany() {
    var cache = new LocalityCache<String>();
    cache.advance(0);
    var many = LocalityCache.COMFORTABLE + 3000;
    for (var i = 0; i < many; i++) {
      cache.put(IpAddress.ofIpv4(i), "x", 0);
    }
    cache.advance(5 * MINUTE);
    assertThat(cache.size()).as("none was idle long enough").isEqualTo(many);
    cache.advance(7 * MINUTE);
    assertThat(cache.size()).isBetween(many - 4100, many - 4000);
    cache.advance(29 * MINUTE);
    assertThat(cache.size()).as("no longer too many").isBetween(many - 4100, many - 4000);
    cache.advance(DAY + 31 * MINUTE);
    assertThat(cache.size()).isZero();
  }

  @Test
  void theCacheTakesNothingNewAtItsLimitButReplaces() {
    var cache = new LocalityCache<String>();
    cache.advance(0);
    for (var i = 0; i < LocalityCache.LIMIT + 10; i++) {
      cache.put(IpAddress.ofIpv4(i), "x", 0);
    }
    assertThat(cache.size()).isEqualTo(LocalityCache.LIMIT);
    cache.put(IpAddress.ofIpv4(7), "y", 0);
    assertThat(cache.get(IpAddress.ofIpv4(7), 0)).isEqualTo("y");
    assertThat(cache.get(IpAddress.ofIpv4(LocalityCache.LIMIT + 1), 0)).isNull();
    assertThat(cache.size()).isEqualTo(LocalityCache.LIMIT);
  }

  @Test
  void timeMayStartAnywhereAndStandStillForYears() {
    var cache = new LocalityCache<String>();
    var start = Long.MAX_VALUE - MINUTE;
    cache.advance(start);
    cache.put(IpAddress.ofIpv4(1), "x", start);
    cache.advance(start + 2 * MINUTE);
    assertThat(cache.get(IpAddress.ofIpv4(1), start + 2 * MINUTE)).isEqualTo("x");
    cache.advance(start + 3000 * DAY);
    assertThat(cache.size()).isZero();
  }
}
