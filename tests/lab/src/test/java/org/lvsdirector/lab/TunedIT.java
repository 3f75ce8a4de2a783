// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Power cuts in a row with the quick timers. */
class TunedIT {
  private static final int ROUNDS = Integer.getInteger("lab.rounds", 6);

  @Test
  void clientsNoticeAFailureOfTheHostForAFewDeadtimes() throws IOException {
    var outages = new ArrayList<Long>();
    var taken = new ArrayList<Long>();
    var claims = new ArrayList<Long>();
    var late = new ArrayList<Long>();
    try (var stalls = Stalls.watch();
        var stage = Stage.open("tuned", Profile.TUNED)) {
      for (var i = 0; i < ROUNDS; i++) {
        stage.settle();
        var active = stage.lab().activeNode();
        var start = System.nanoTime();
        stage.lab().powerOff(active);
        stage.awaitTakeover(active.other());
        outages.add(stage.udp().outage(start, System.nanoTime()).longestMillis());
        taken.add((stage.lab().heldAfter(active.other(), start) - start) / 1_000_000);
        late.add(stalls.longestNanos(start, System.nanoTime()) / 1_000_000);
        claims.add(claimMillis(stage.directors().transitions(start), active.other()));
        stage.lab().powerOn(active);
      }
    }
    System.out.printf(
        "%nThe lab: keepalive 20 ms, deadtime 70 ms, %d power cuts: outage ms median %d worst %d,"
            + " address taken median %d worst %d, of which from claim to role median %d worst %d,"
            + " machine late median %d worst %d%n",
        ROUNDS,
        median(outages),
        Collections.max(outages),
        median(taken),
        Collections.max(taken),
        median(claims),
        Collections.max(claims),
        median(late),
        Collections.max(late));
    var profile = Profile.TUNED;
    // The partner's silence, its last heartbeat and the one that it missed; then the claim.
    var silence = profile.deadtimeMillis() + 2 * profile.keepaliveMillis();
    assertThat(median(outages))
        .as("outages %s, claims %s, machine late %s", outages, claims, late)
        .isLessThan(silence + median(claims) + profile.deadtimeMillis() + 2 * median(late));
  }

  /** From the claim of a director to its role: what it needs itself, without the detection. */
  private static long claimMillis(List<Transition> transitions, Node node) {
    var claimed = atNanos(transitions, node, "CLAIMING");
    return (atNanos(transitions, node, "ACTIVE") - claimed) / 1_000_000;
  }

  private static long atNanos(List<Transition> transitions, Node node, String role) {
    return transitions.stream()
        .filter(one -> one.node() == node && one.to().equals(role))
        .mapToLong(Transition::atNanos)
        .findFirst()
        .orElseThrow();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
