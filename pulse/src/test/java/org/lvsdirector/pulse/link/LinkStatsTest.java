// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.seal.Refusals;

class LinkStatsTest {
  private static final long MILLI = 1_000_000;
  private static final long KEEPALIVE = 100 * MILLI;
  private static final Refusals NONE = new Refusals(0, 0, 0, 0);

  private final LinkStats stats = new LinkStats();

  private void arrived(long bootId, long sequence, long atMillis) {
    var heartbeat =
        new Heartbeat(
            Node.BACKUP, bootId, sequence, 1, Role.STANDBY, true, 1, 1, Set.of(), "", "", 0);
    stats.arrived(heartbeat, atMillis * MILLI, KEEPALIVE);
  }

  private LinkStats.Counters counters() {
    stats.publish();
    return stats.counters(NONE);
  }

  @Test
  void whatIsMissingInTheSequenceOfABootIsLost() {
    arrived(7, 1, 0);
    arrived(7, 2, 100);
    arrived(7, 5, 400);
    assertThat(counters().received()).isEqualTo(3);
    assertThat(counters().lost()).isEqualTo(2);
  }

  @Test
  void aBootThatBeginsAnewLosesNothing() {
    arrived(7, 90, 0);
    arrived(8, 4, 100);
    assertThat(counters().lost()).isZero();
    assertThat(counters().received()).isEqualTo(2);
  }

  @Test
  void aHeartbeatTwiceOrLateIsNotCountedAgain() {
    arrived(7, 2, 0);
    arrived(7, 2, 1);
    arrived(7, 1, 2);
    assertThat(counters().received()).isEqualTo(1);
    assertThat(counters().lost()).isZero();
  }

  @Test
  void latenessIsWhatAGapHasBeyondKeepaliveAndAGapWithALossSaysNothing() {
    arrived(7, 1, 0);
    arrived(7, 2, 130);
    arrived(7, 4, 1_000);
    assertThat(counters().jitterMedianMicros()).isEqualTo(30_000);
    arrived(7, 5, 1_050);
    assertThat(counters().jitterMedianMicros()).isZero();
    assertThat(counters().jitterP99Micros()).isZero();
  }

  @Test
  void aStrangersDatagramIsARejectedOneToo() {
    stats.foreign();
    stats.rejected();
    assertThat(counters().foreign()).isEqualTo(1);
    assertThat(counters().rejected()).isEqualTo(2);
  }

  @Test
  void aLinkFailsUntilSomethingIsSentAgain() {
    stats.sent();
    assertThat(stats.isFailing()).isFalse();
    stats.unsent();
    assertThat(stats.isFailing()).isTrue();
    stats.sent();
    assertThat(stats.isFailing()).isFalse();
    assertThat(counters().sent()).isEqualTo(2);
    assertThat(counters().unsent()).isEqualTo(1);
  }
}
