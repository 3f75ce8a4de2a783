// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;

/** Asking the witness for its lease and giving it back. */
final class WitnessRules {

  /** Asked so often within a lease. */
  private static final int ASKS = 3;

  private WitnessRules() {}

  static long ask(Decision turn, long term, boolean isHolding) {
    var id = turn.nextId();
    turn.emit(new Effect.AskWitness(id, term, isHolding));
    turn.lease =
        turn.lease.asked(id, turn.now, turn.now + turn.settings.policy().leaseNanos() / ASKS);
    return id;
  }

  /** Asks again in time, and again when there was no answer. */
  static void renew(Decision turn) {
    if (turn.settings.policy().hasWitness() && turn.now >= turn.lease.askAtNanos()) {
      ask(turn, turn.term, turn.role == Role.ACTIVE);
    }
  }

  static void giveBack(Decision turn) {
    if (turn.settings.policy().hasWitness()) {
      turn.emit(new Effect.ReturnLease(turn.term));
      turn.lease = WitnessLease.NONE;
    }
  }
}
