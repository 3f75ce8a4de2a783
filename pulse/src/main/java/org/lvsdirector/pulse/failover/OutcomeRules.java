// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.pulse.failover.Progress.Work;

/** What the outcome of an effect changes. Answers to effects that nobody waits for are ignored. */
final class OutcomeRules {

  private OutcomeRules() {}

  static void done(Decision decision, long id) {
    var work = decision.pending();
    if (work != null && work.id() == id && id != 0) {
      switch (work.work()) {
        case GATHER -> ClaimRules.gathered(decision, work, id);
        case ACQUIRE -> ClaimRules.acquired(decision);
        case RELEASE -> YieldRules.released(decision);
      }
    } else if (work != null && work.work() == Work.GATHER && work.proofs().contains(id)) {
      ClaimRules.proved(decision, work, id);
    } else if (id != 0 && id == decision.active().renewal().id()) {
      RenewalRules.done(decision);
    } else if (!OfferRules.tried(decision, id, "")) {
      ErrandRules.done(decision, id);
    }
  }

  static void failed(Decision decision, long id, String reason) {
    var work = decision.pending();
    if (work != null && work.id() == id && id != 0) {
      switch (work.work()) {
        case GATHER -> ClaimRules.gathered(decision, work, id);
        case ACQUIRE -> ClaimRules.acquireFailed(decision, Cause.ACQUIRE_FAILED, reason);
        case RELEASE -> YieldRules.releaseFailed(decision, reason);
      }
    } else if (work != null && work.work() == Work.GATHER && work.proofs().contains(id)) {
      ClaimRules.proofFailed(decision, work, id, reason);
    } else if (id != 0 && id == decision.active().renewal().id()) {
      RenewalRules.failed(decision, reason);
    } else if (id != 0 && !OfferRules.tried(decision, id, reason)) {
      ErrandRules.failed(decision, id, reason);
    }
  }

  static void witness(Decision decision, Input.WitnessAnswered answer) {
    var id = answer.id();
    if (id == 0 || id != decision.lease().askId()) {
      return;
    }
    witness(decision, answer.within(decision.policy().leaseNanos()), id);
  }

  private static void witness(Decision decision, Input.WitnessAnswered answer, long id) {
    WitnessRules.answered(decision, answer);
    var work = decision.pending();
    if (work != null && work.work() == Work.GATHER && id == work.proofs().grantId()) {
      ClaimRules.witnessed(decision, work, answer);
    }
  }
}
