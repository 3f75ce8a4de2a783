// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.MacAddress;

class AnnouncementScheduleTest {
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:0a");
  private static final Announced IPV4 = ipv4(1);
  private static final Announced IPV6 =
      new Announced(new HostAddress(true, 0x20010db8L << 32, 1), 2, MAC, false);

  private final AnnouncementSchedule schedule = new AnnouncementSchedule();

  private static Announced ipv4(int last) {
    return new Announced(new HostAddress(false, 0, 0x0a000000L + last), 2, MAC, false);
  }

  @Test
  void nothingIsAnnouncedBeforeTheBeginningAndAfterTheEnd() {
    assertThat(schedule.nextNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(schedule.take(Long.MAX_VALUE - 1, 10)).isEmpty();
    schedule.restart(List.of(IPV4), 5);
    assertThat(schedule.nextNanos()).isEqualTo(5);
    schedule.clear();
    assertThat(schedule.take(Long.MAX_VALUE - 1, 10)).isEmpty();
  }

  @Test
  void everyAddressComesBeforeAnyComesTwice() {
    var many = new ArrayList<Announced>();
    for (var i = 0; i < 50; i++) {
      many.add(ipv4(i));
    }
    schedule.restart(many, 0);
    var first = new ArrayList<AnnouncementSchedule.Due>();
    first.addAll(schedule.take(0, 20));
    first.addAll(schedule.take(0, 20));
    first.addAll(schedule.take(0, 10));
    assertThat(first).extracting(AnnouncementSchedule.Due::announced).isEqualTo(many);
    assertThat(schedule.take(0, 1000)).hasSize(50).allMatch(due -> due.frame() == 1);
    assertThat(schedule.take(0, 1000)).isEmpty();
  }

  @Test
  void roundsHaveGrowingGapsAndThenAMinuteForEver() {
    schedule.restart(List.of(IPV6), 0);
    var millis = new ArrayList<Long>();
    for (var i = 0; i < 10; i++) {
      var due = schedule.nextNanos();
      millis.add(TimeUnit.NANOSECONDS.toMillis(due));
      assertThat(schedule.take(due - 1, 10)).isEmpty();
      assertThat(schedule.take(due, 10)).hasSize(1);
    }
    assertThat(millis)
        .containsExactly(
            0L, 100L, 300L, 1_000L, 3_000L, 10_000L, 30_000L, 90_000L, 150_000L, 210_000L);
  }

  @Test
  void beginningAnewBeginsWithTheBurst() {
    schedule.restart(List.of(IPV4), 0);
    schedule.take(TimeUnit.SECONDS.toNanos(50), 100);
    schedule.restart(List.of(IPV4, IPV6), TimeUnit.SECONDS.toNanos(60));
    var due = schedule.take(TimeUnit.SECONDS.toNanos(60), 100);
    assertThat(due).hasSize(3).allMatch(AnnouncementSchedule.Due::isFirstRound);
  }

  @Test
  void aFightOverAnAddressIsSlowedDown() {
    var pace = new PutBackPace();
    for (var second = 0; second < 4; second++) {
      pace.putBack(TimeUnit.SECONDS.toNanos(second));
    }
    assertThat(pace.pauseNanos(TimeUnit.SECONDS.toNanos(4))).isZero();
    pace.putBack(TimeUnit.SECONDS.toNanos(4));
    assertThat(pace.pauseNanos(TimeUnit.SECONDS.toNanos(4))).isPositive();
    assertThat(pace.pauseNanos(TimeUnit.SECONDS.toNanos(10))).isZero();
  }
}
