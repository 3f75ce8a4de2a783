// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;

class ScheduleTest {
  private static final long MILLI = 1_000_000;
  private static final long FIRST_DELAY_OF_SERVER_1 = 608_086_175;

  private static ServerKey server(int number) {
    return new ServerKey(
        new ServiceKey.ByAddress(Protocol.TCP, new Endpoint(IpAddress.of("127.0.0.100"), 80)),
        new Endpoint(IpAddress.ofIpv4(0x0a000000 + number), 80));
  }

  @Test
  void firstChecksOfManyServersSpreadEvenlyOverOneSecond() {
    var perTenth = new int[10];
    for (var i = 0; i < 10_000; i++) {
      var delay = Schedule.firstDelayNanos(server(i), 10_000, Duration.ofSeconds(10));
      perTenth[(int) (delay / (100 * MILLI))]++;
    }
    assertThat(Arrays.stream(perTenth).boxed().toList())
        .allSatisfy(count -> assertThat(count).isBetween(800, 1200));
  }

  @Test
  void firstChecksOfFewServersComeAlmostAtOnce() {
    for (var i = 0; i < 3; i++) {
      assertThat(Schedule.firstDelayNanos(server(i), 3, Duration.ofSeconds(10)))
          .isBetween(0L, 30 * MILLI - 1);
    }
  }

  @Test
  void firstCheckComesWithinTheInterval() {
    for (var i = 0; i < 1000; i++) {
      assertThat(Schedule.firstDelayNanos(server(i), 1000, Duration.ofMillis(50)))
          .isBetween(0L, 50 * MILLI - 1);
    }
  }

  @Test
  void spreadIsTheSameInEveryProcess() {
    assertThat(Schedule.firstDelayNanos(server(1), 1000, Duration.ofSeconds(1)))
        .isEqualTo(Schedule.firstDelayNanos(server(1), 1000, Duration.ofSeconds(1)))
        .isEqualTo(FIRST_DELAY_OF_SERVER_1);
  }

  @Test
  void checkThatIsInTimeIsFollowedByTheNextOneInterval() {
    assertThat(Schedule.nextNanos(1000, Duration.ofMillis(5), 1001)).isEqualTo(1000 + 5 * MILLI);
  }

  @Test
  void lateCheckIsNotMadeUpForAndKeepsThePhase() {
    assertThat(Schedule.nextNanos(0, Duration.ofMillis(5), 23 * MILLI)).isEqualTo(25 * MILLI);
  }

  @Test
  void nextCheckIsInTheFutureAndInPhaseWhateverHappened() {
    var random = new Random(42);
    for (var i = 0; i < 10_000; i++) {
      var due = random.nextLong();
      var now = due + random.nextLong(100_000 * MILLI);
      var interval = Duration.ofMillis(1 + random.nextInt(20_000));
      var next = Schedule.nextNanos(due, interval, now);
      assertThat(next - now).isPositive().isLessThanOrEqualTo(interval.toNanos());
      assertThat((next - due) % interval.toNanos()).isZero();
    }
  }

  @Test
  void intervalOfZeroDoesNotSpin() {
    assertThat(Schedule.nextNanos(0, Duration.ZERO, 0)).isEqualTo(MILLI);
  }
}
