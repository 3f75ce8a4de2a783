// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.pulse.failover.ActiveState.Errand;
import org.lvsdirector.pulse.failover.State.Pending;
import org.lvsdirector.pulse.failover.State.Proofs;
import org.lvsdirector.pulse.failover.State.Work;
import org.lvsdirector.pulse.failover.Transition.Fact;

/** What the outcome of an effect changes. Answers to effects that nobody waits for are ignored. */
final class OutcomeRules {

  private OutcomeRules() {}

  static void done(Decision turn, long id) {
    var work = turn.pending;
    if (work != null && work.id() == id && id != 0) {
      switch (work.work()) {
        case GATHER -> turn.pending = without(work, id);
        case ACQUIRE -> ClaimRules.acquired(turn);
        case RELEASE -> YieldRules.released(turn);
      }
    } else if (work != null && work.work() == Work.GATHER && isProof(work, id)) {
      turn.evidence = turn.evidence.targetsReached();
      turn.pending = without(work, id);
    } else if (id != 0 && id == turn.holding.renewal().id()) {
      RenewalRules.done(turn);
    } else if (id == turn.holding.announcing().id()) {
      ActiveRules.announced(turn);
    } else if (id == turn.holding.syncing().id()) {
      turn.holding = turn.holding.syncing(Errand.NONE);
    } else if (id == turn.plans.storing().id()) {
      turn.plans = turn.plans.storing(Errand.NONE);
    }
  }

  static void failed(Decision turn, long id, String reason) {
    var work = turn.pending;
    if (work != null && work.id() == id && id != 0) {
      switch (work.work()) {
        case GATHER -> turn.pending = without(work, id);
        case ACQUIRE -> ClaimRules.acquireFailed(turn, Cause.ACQUIRE_FAILED, reason);
        case RELEASE -> YieldRules.releaseFailed(turn);
      }
    } else if (work != null && work.work() == Work.GATHER && isProof(work, id)) {
      proofFailed(turn, work, id, reason);
    } else {
      errandFailed(turn, id, reason);
    }
  }

  private static boolean isProof(Pending work, long id) {
    return id != 0 && (id == work.proofs().pingId() || id == work.proofs().grantId());
  }

  private static void proofFailed(Decision turn, Pending work, long id, String reason) {
    var facts = List.of(new Fact("reason", reason));
    if (id == work.proofs().pingId()) {
      turn.evidence = turn.evidence.targetsLost(turn.now);
      ClaimRules.giveUp(turn, Cause.CUT_OFF, facts);
    } else if (work.proofs().needsGrant()) {
      ClaimRules.giveUp(turn, Cause.WITNESS_SILENT, facts);
    } else {
      turn.pending = without(work, id);
    }
  }

  private static Pending without(Pending work, long id) {
    var proofs = work.proofs();
    return new Pending(
        work.id() == id ? 0 : work.id(),
        work.work(),
        work.deadlineNanos(),
        work.term(),
        new Proofs(
            proofs.pingId() == id ? 0 : proofs.pingId(),
            proofs.grantId() == id ? 0 : proofs.grantId(),
            proofs.needsGrant()));
  }

  private static void errandFailed(Decision turn, long id, String reason) {
    if (id == 0) {
      return;
    }
    if (id == turn.holding.renewal().id()) {
      RenewalRules.failed(turn, reason);
    } else if (id == turn.holding.announcing().id()) {
      turn.holding =
          turn.holding.announcing(again(turn, turn.holding.announcing(), "announce", reason));
    } else if (id == turn.holding.syncing().id()) {
      turn.holding = turn.holding.syncing(again(turn, turn.holding.syncing(), "sync role", reason));
    } else if (id == turn.plans.storing().id()) {
      var errand = again(turn, turn.plans.storing(), "store an order", reason);
      turn.plans = turn.plans.storing(errand);
    } else if (id == turn.holding.probeId()) {
      turn.holding = turn.holding.contest(0, Long.MAX_VALUE);
    }
  }

  private static Errand again(Decision turn, Errand errand, String what, String reason) {
    var failures = errand.failures() + 1;
    if (failures == Errand.TOLD_FAILURES) {
      turn.notify(Notice.Kind.NOT_DONE, what + ": " + reason);
    }
    return new Errand(0, failures, turn.now + turn.settings.backoffNanos(failures));
  }

  /** Somebody else still answers for the addresses: announce and ask again until it is quiet. */
  static void probed(Decision turn, long id, boolean isForeign) {
    if (id != 0 && id == turn.holding.probeId()) {
      var again = isForeign ? turn.now + turn.settings.deadtimeNanos() : Long.MAX_VALUE;
      turn.holding = turn.holding.contest(0, again);
    }
  }

  static void witness(Decision turn, Input.WitnessAnswered answer) {
    var id = answer.id();
    if (id == 0 || id != turn.lease.askId()) {
      return;
    }
    turn.lease = turn.lease.answered(answer.isGranted(), answer.forNanos());
    var work = turn.pending;
    if (work == null || work.work() != Work.GATHER || id != work.proofs().grantId()) {
      return;
    }
    if (answer.isGranted() || !work.proofs().needsGrant()) {
      turn.pending = without(work, id);
    } else {
      ClaimRules.giveUp(
          turn,
          Cause.WITNESS_REFUSED,
          List.of(new Fact("wait", Transition.millis(answer.forNanos()))));
      turn.evidence =
          turn.evidence.doubt(turn.evidence.doubts(), turn.now + Math.max(1, answer.forNanos()));
    }
  }
}
