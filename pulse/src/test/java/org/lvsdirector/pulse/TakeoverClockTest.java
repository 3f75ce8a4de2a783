// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.Takeover.Part;
import org.lvsdirector.pulse.failover.Cause;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Transition;

class TakeoverClockTest {
  private static final long MS = 1_000_000;

  private final TakeoverClock clock = new TakeoverClock();

  private void change(Role from, Role to, Cause cause, long millis, long lateMillis) {
    clock.changed(new Transition(from, to, cause, millis * MS, 4, List.of()), lateMillis * MS);
  }

  private void claim() {
    change(Role.STANDBY, Role.CLAIMING, Cause.PARTNER_SILENT, 100, 2);
    clock.asked(new Effect.PersistTerm(1, 4, false));
    clock.asked(new Effect.PingTargets(2));
    clock.asked(new Effect.AskWitness(3, 4, false));
  }

  private boolean isDone(long id, long millis) {
    return clock.told(new Input.EffectDone(millis * MS, id)).isPresent();
  }

  @Test
  void everyPartIsMeasuredFromTheClaimAndTheSlowestProofCounts() {
    claim();
    assertThat(isDone(2, 103)).isFalse();
    assertThat(isDone(1, 105)).isFalse();
    assertThat(clock.told(new Input.WitnessAnswered(106 * MS, 3, true, 0))).isEmpty();
    clock.asked(new Effect.Acquire(4));
    assertThat(isDone(4, 111)).isFalse();
    change(Role.CLAIMING, Role.ACTIVE, Cause.ACQUIRED, 111, 0);
    clock.asked(new Effect.Announce(5));
    assertThat(clock.latest()).isNull();

    var told = clock.told(new Input.EffectDone(112 * MS, 5));

    assertThat(told)
        .hasValue(
            new Takeover(
                4,
                2 * MS,
                Map.of(
                    Part.TERM, 5 * MS,
                    Part.PROOFS, 6 * MS,
                    Part.ADDRESSES, 11 * MS,
                    Part.ANNOUNCED, 12 * MS)));
    assertThat(told.orElseThrow())
        .hasToString(
            "takeover claim=4 noticed-late=2.0ms term=5.0ms proofs=6.0ms addresses=11.0ms"
                + " announced=12.0ms");
    assertThat(clock.latest()).isEqualTo(told.orElseThrow());
  }

  @Test
  void aTakeoverThatIsAnnouncedOnceIsOver() {
    claim();
    clock.asked(new Effect.Announce(5));
    assertThat(isDone(5, 112)).isTrue();
    clock.asked(new Effect.Announce(6));
    assertThat(isDone(6, 200)).isFalse();
  }

  @Test
  void aClaimThatIsGivenUpIsNone() {
    claim();
    clock.asked(new Effect.Announce(5));
    change(Role.CLAIMING, Role.YIELDING, Cause.PARTNER_ANNOUNCES, 104, 0);
    assertThat(isDone(5, 112)).isFalse();
    assertThat(clock.latest()).isNull();
  }

  @Test
  void answersToAnEarlierClaimDoNotCount() {
    claim();
    change(Role.CLAIMING, Role.STANDBY, Cause.PARTNER_ACTIVE, 104, 0);
    change(Role.STANDBY, Role.CLAIMING, Cause.PARTNER_SILENT, 200, 0);
    clock.asked(new Effect.PersistTerm(7, 5, false));
    isDone(1, 201);
    clock.asked(new Effect.Announce(8));
    assertThat(clock.told(new Input.EffectDone(210 * MS, 8)).orElseThrow().doneNanos())
        .doesNotContainKey(Part.TERM);
  }
}
