// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;

/** Asking the witness for its lease and giving it back. */
final class WitnessRules {

  /** Asked so often within a lease. */
  private static final int ASKS = 3;

  private WitnessRules() {}

  static long ask(Decision decision, long term, boolean isHolding) {
    var id = decision.nextId();
    decision.emit(new Effect.AskWitness(id, term, isHolding));
    decision.lease(
        decision
            .lease()
            .asked(id, decision.now, decision.now + decision.policy().leaseNanos() / ASKS));
    return id;
  }

  /** Asks again in time, and again when there was no answer. */
  static void renew(Decision decision) {
    if (decision.isDue(wakeAt(decision))) {
      ask(decision, decision.term(), decision.role() == Role.ACTIVE);
    }
  }

  static long wakeAt(Decision decision) {
    return decision.policy().hasWitness() ? decision.lease().askAtNanos() : Moment.NEVER;
  }

  static void answered(Decision decision, Input.WitnessAnswered answer) {
    decision.lease(decision.lease().answered(answer.isGranted(), answer.forNanos()));
  }

  static void giveBack(Decision decision) {
    if (decision.policy().hasWitness()) {
      decision.emit(new Effect.ReturnLease(decision.term()));
      decision.lease(WitnessLease.NONE);
    }
  }
}
