// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.State.Pending;
import org.lvsdirector.pulse.failover.State.Proofs;
import org.lvsdirector.pulse.failover.State.Retry;
import org.lvsdirector.pulse.failover.State.Work;
import org.lvsdirector.pulse.failover.Transition.Fact;

/**
 * Taking over: gather evidence and persist the term, all at once; then tell the partner to stop and
 * acquire. Until the first half has ended a word of the partner ends the claim at no cost.
 */
final class ClaimRules {

  /** Claims on what was not heard; the partner may still hold the addresses. */
  static final Set<Cause> BY_SILENCE =
      EnumSet.of(Cause.PARTNER_SILENT, Cause.PARTNER_ABSENT, Cause.PARTNER_STUCK);

  /** Claims that the evidence did not allow; they wait longer each time. */
  private static final Set<Cause> DOUBTS =
      EnumSet.of(Cause.CUT_OFF, Cause.WITNESS_REFUSED, Cause.WITNESS_SILENT);

  private ClaimRules() {}

  static void begin(Decision turn, Cause why, List<Fact> facts) {
    var claimTerm = Math.max(turn.term, turn.seenTerm) + 1;
    turn.become(Role.CLAIMING, why, facts, claimTerm);
    turn.seenTerm = claimTerm;
    var isSilent = BY_SILENCE.contains(why);
    var persistId = turn.nextId();
    turn.emit(new Effect.PersistTerm(persistId, claimTerm, turn.plans.isMaintained()));
    var proofs = askForProofs(turn, isSilent, claimTerm);
    if (isSilent) {
      ActiveRules.probe(turn);
    }
    turn.emit(new Effect.HeartbeatNow());
    var deadline = turn.now + turn.settings.evidenceNanos();
    turn.pending = new Pending(persistId, Work.GATHER, deadline, claimTerm, proofs);
  }

  private static Proofs askForProofs(Decision turn, boolean isSilent, long claimTerm) {
    var policy = turn.settings.policy();
    var pingId = 0L;
    if (isSilent && policy.hasTargets()) {
      pingId = turn.nextId();
      turn.emit(new Effect.PingTargets(pingId));
    }
    var grantId = 0L;
    if (policy.hasWitness()) {
      grantId = WitnessRules.ask(turn, claimTerm, turn.holding.hasFound());
    }
    var needsGrant = isSilent || !turn.isPartnerAlive();
    return new Proofs(pingId, grantId, needsGrant && policy.hasWitness());
  }

  static void settle(Decision turn) {
    var work = Objects.requireNonNull(turn.pending, "a claim has work under way");
    var right = turn.partnerIs(Role.CLAIMING) ? RivalRules.right(turn) : null;
    if (turn.stop != null) {
      giveUp(turn, Cause.STOP_REQUESTED, List.of());
    } else if (!turn.fitness.isFit()) {
      giveUp(turn, Cause.UNFIT, turn.reasonFacts());
    } else if (turn.partnerIs(Role.ACTIVE) && !mayGoOn(turn, work)) {
      var isWithdrawn = turn.cause == Cause.HANDOVER;
      giveUp(turn, isWithdrawn ? Cause.OFFER_WITHDRAWN : Cause.PARTNER_ACTIVE, turn.partnerFacts());
    } else if (right != null) {
      giveUp(turn, right, turn.partnerFacts());
    } else if (work.work() == Work.GATHER) {
      gather(turn, work);
    } else if (turn.now >= work.deadlineNanos()) {
      acquireFailed(turn, Cause.ACQUIRE_TIMEOUT, "no answer");
    }
  }

  /** Whether an active partner is no reason to stop: it offers, or it obeys because it hears. */
  private static boolean mayGoOn(Decision turn, Pending work) {
    var word = Objects.requireNonNull(turn.partner.last(), "an active partner was heard");
    if (turn.cause == Cause.HANDOVER) {
      return word.has(Heartbeat.Flag.OFFERS);
    }
    return work.work() == Work.ACQUIRE
        && BY_SILENCE.contains(turn.cause)
        && word.term() < work.term()
        && word.hearsLinks() != 0;
  }

  private static void gather(Decision turn, Pending work) {
    var isAnnounced = turn.evidence.announcedNanos() >= turn.sinceNanos;
    if (isAnnounced && BY_SILENCE.contains(turn.cause)) {
      giveUp(turn, Cause.PARTNER_ANNOUNCES, List.of());
    } else if (work.isGathered()) {
      acquire(turn, work.term());
    } else if (turn.now >= work.deadlineNanos()) {
      gatherOverdue(turn, work);
    }
  }

  private static void gatherOverdue(Decision turn, Pending work) {
    var facts = List.of(new Fact("reason", "no answer"));
    if (work.proofs().pingId() != 0) {
      turn.evidence = turn.evidence.targetsLost(turn.now);
      giveUp(turn, Cause.CUT_OFF, facts);
    } else if (work.proofs().grantId() != 0 && work.proofs().needsGrant()) {
      giveUp(turn, Cause.WITNESS_SILENT, facts);
    } else {
      acquire(turn, work.term());
    }
  }

  private static void acquire(Decision turn, long claimTerm) {
    turn.term = claimTerm;
    var id = turn.nextId();
    turn.pending = new Pending(id, Work.ACQUIRE, YieldRules.workDeadline(turn), claimTerm);
    if (BY_SILENCE.contains(turn.cause)) {
      turn.emit(new Effect.StopPartner(claimTerm));
    }
    turn.emit(new Effect.Acquire(id));
    turn.emit(new Effect.HeartbeatNow());
  }

  /** Other addresses: what is under way was for those before, and its answer does not count. */
  static void acquireAnew(Decision turn) {
    var work = turn.pending;
    if (work != null && work.work() == Work.ACQUIRE) {
      var id = turn.nextId();
      turn.pending = new Pending(id, Work.ACQUIRE, work.deadlineNanos(), work.term());
      turn.emit(new Effect.Acquire(id));
    }
  }

  static void acquired(Decision turn) {
    turn.pending = null;
    turn.retry = Retry.NONE;
    turn.evidence = turn.evidence.doubt(0, 0);
    turn.holding = turn.holding.found(false);
    var isHandedOver = turn.cause == Cause.HANDOVER && turn.partnerIs(Role.ACTIVE);
    turn.become(Role.ACTIVE, Cause.ACQUIRED, turn.tookFacts());
    ActiveRules.begin(turn, isHandedOver);
  }

  /**
   * A failure makes this node wait before it tries again: longer each time, but only a moment when
   * an active partner offered the addresses. It holds them still, and where both share a machine
   * only one can; once it has let go they are free.
   */
  static void acquireFailed(Decision turn, Cause why, String reason) {
    if (turn.cause == Cause.HANDOVER && turn.partnerIs(Role.ACTIVE)) {
      turn.failed(turn.settings.keepaliveNanos());
    } else {
      turn.failed();
    }
    giveUp(turn, why, turn.retryFacts(reason));
  }

  /** Ends a claim; releases unless nothing was acquired yet. */
  static void giveUp(Decision turn, Cause why, List<Fact> facts) {
    if (DOUBTS.contains(why)) {
      doubt(turn);
    }
    var work = turn.pending;
    if (work == null || work.work() != Work.GATHER || turn.holding.hasFound()) {
      YieldRules.leave(turn, why, facts);
      return;
    }
    turn.pending = null;
    turn.holding = ActiveState.NONE.syncing(turn.holding.syncing());
    WitnessRules.giveBack(turn);
    StandbyRules.rest(turn, turn.restingRole(), why, facts);
    if (turn.stop != null) {
      YieldRules.goodbye(turn);
    }
  }

  /** No claim on silence for a while: longer each time, until there is news. */
  static void doubt(Decision turn) {
    var doubts = turn.evidence.doubts() + 1;
    turn.evidence = turn.evidence.doubt(doubts, turn.now + turn.settings.doubtNanos(doubts));
  }

  static List<Fact> facts(Decision turn, Cause why) {
    if (why != Cause.PARTNER_SILENT && why != Cause.PARTNER_ABSENT) {
      return turn.partnerFacts();
    }
    var silentFrom = Math.max(turn.partner.heardNanos(), turn.listenFromNanos);
    return List.of(
        new Fact("for", Transition.millis(turn.now - silentFrom)),
        new Fact("links", String.join(",", turn.settings.links())));
  }
}
