// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Progress.Pending;
import org.lvsdirector.pulse.failover.Progress.Proofs;
import org.lvsdirector.pulse.failover.Progress.Work;
import org.lvsdirector.pulse.failover.Transition.Fact;

/**
 * Taking over: gather evidence and persist the term, all at once; then tell the partner to stop and
 * acquire. Until the first half has ended a heartbeat of the partner ends the claim at no cost.
 */
final class ClaimRules {

  /** Claims on what was not heard; the partner may still hold the addresses. */
  static final Set<Cause> BY_SILENCE =
      EnumSet.of(Cause.PARTNER_SILENT, Cause.PARTNER_ABSENT, Cause.PARTNER_STUCK);

  /** Claims that the evidence did not allow; they wait longer each time. */
  private static final Set<Cause> DOUBTS =
      EnumSet.of(Cause.CUT_OFF, Cause.WITNESS_REFUSED, Cause.WITNESS_SILENT);

  private ClaimRules() {}

  static void begin(Decision decision, Cause why, List<Fact> facts) {
    var known = Math.max(decision.term(), decision.standing().seenTerm());
    var claimTerm = Math.min(known + 1, Heartbeat.MAX_TERM);
    decision.become(Role.CLAIMING, why, facts, claimTerm);
    decision.standing(decision.standing().seen(claimTerm));
    var isSilent = BY_SILENCE.contains(why);
    var persistId = decision.nextId();
    decision.emit(new Effect.PersistTerm(persistId, claimTerm, decision.orders().isMaintained()));
    var proofs = askForProofs(decision, isSilent, claimTerm);
    if (isSilent) {
      ErrandRules.probe(decision);
    }
    decision.emit(new Effect.HeartbeatNow());
    var deadline = decision.now + decision.settings.evidenceNanos();
    decision.pending(new Pending(persistId, Work.GATHER, deadline, claimTerm, proofs));
  }

  private static Proofs askForProofs(Decision decision, boolean isSilent, long claimTerm) {
    var policy = decision.policy();
    var pingId = 0L;
    if (isSilent && policy.hasTargets()) {
      pingId = decision.nextId();
      decision.emit(new Effect.PingTargets(pingId));
    }
    var grantId = 0L;
    if (policy.hasWitness()) {
      grantId = WitnessRules.ask(decision, claimTerm, decision.active().hasFound());
    }
    var needsGrant = isSilent || !decision.isPartnerAlive();
    return new Proofs(pingId, grantId, needsGrant && policy.hasWitness());
  }

  static void settle(Decision decision) {
    var work = Objects.requireNonNull(decision.pending(), "a claim has work under way");
    var right = decision.partnerIs(Role.CLAIMING) ? RivalRules.right(decision) : null;
    if (decision.stop() != null) {
      giveUp(decision, Cause.STOP_REQUESTED, List.of());
    } else if (!decision.fitness().isFit()) {
      giveUp(decision, Cause.UNFIT, decision.reasonFacts());
    } else if (decision.partnerIs(Role.ACTIVE) && !mayGoOn(decision, work)) {
      var isWithdrawn = decision.cause() == Cause.HANDOVER;
      giveUp(
          decision,
          isWithdrawn ? Cause.OFFER_WITHDRAWN : Cause.PARTNER_ACTIVE,
          decision.partnerFacts());
    } else if (right != null) {
      giveUp(decision, right, decision.partnerFacts());
    } else if (work.work() == Work.GATHER) {
      gather(decision, work);
    } else if (decision.isDue(work.deadlineNanos())) {
      acquireFailed(decision, Cause.ACQUIRE_TIMEOUT, "no answer");
    }
  }

  /** Whether an active partner is no reason to stop: it offers, or it obeys because it hears. */
  private static boolean mayGoOn(Decision decision, Pending work) {
    var heartbeat =
        Objects.requireNonNull(decision.partner().last(), "an active partner was heard");
    if (decision.cause() == Cause.HANDOVER) {
      return heartbeat.has(Heartbeat.Flag.OFFERS);
    }
    return work.work() == Work.ACQUIRE
        && BY_SILENCE.contains(decision.cause())
        && heartbeat.term() < work.term()
        && heartbeat.hearsLinks() != 0;
  }

  private static void gather(Decision decision, Pending work) {
    var isAnnounced = decision.evidence().announcedNanos() >= decision.standing().sinceNanos();
    if (isAnnounced && BY_SILENCE.contains(decision.cause())) {
      giveUp(decision, Cause.PARTNER_ANNOUNCES, List.of());
    } else if (work.isGathered()) {
      acquire(decision, work.term());
    } else if (decision.isDue(work.deadlineNanos())) {
      gatherOverdue(decision, work);
    }
  }

  private static void gatherOverdue(Decision decision, Pending work) {
    var facts = List.of(new Fact("reason", "no answer"));
    if (work.proofs().pingId() != 0) {
      decision.evidence(decision.evidence().targetsLost(decision.now));
      giveUp(decision, Cause.CUT_OFF, facts);
    } else if (work.proofs().grantId() != 0 && work.proofs().needsGrant()) {
      giveUp(decision, Cause.WITNESS_SILENT, facts);
    } else {
      acquire(decision, work.term());
    }
  }

  static long wakeAt(Decision decision) {
    return Objects.requireNonNull(decision.pending(), "a claim has work under way").deadlineNanos();
  }

  /** The term is stored, or cannot be; a claim does not fail for that. */
  static void gathered(Decision decision, Pending work, long id) {
    decision.pending(work.without(id));
  }

  static void proved(Decision decision, Pending work, long id) {
    decision.evidence(decision.evidence().targetsReached());
    decision.pending(work.without(id));
  }

  static void proofFailed(Decision decision, Pending work, long id, String reason) {
    var facts = List.of(new Fact("reason", reason));
    if (id == work.proofs().pingId()) {
      decision.evidence(decision.evidence().targetsLost(decision.now));
      giveUp(decision, Cause.CUT_OFF, facts);
    } else if (work.proofs().needsGrant()) {
      giveUp(decision, Cause.WITNESS_SILENT, facts);
    } else {
      decision.pending(work.without(id));
    }
  }

  static void witnessed(Decision decision, Pending work, Input.WitnessAnswered answer) {
    if (answer.isGranted() || !work.proofs().needsGrant()) {
      decision.pending(work.without(answer.id()));
      return;
    }
    var wait = answer.forNanos();
    giveUp(decision, Cause.WITNESS_REFUSED, List.of(new Fact("wait", Transition.millis(wait))));
    var evidence = decision.evidence();
    decision.evidence(evidence.doubt(evidence.doubts(), decision.now + Math.max(1, wait)));
  }

  private static void acquire(Decision decision, long claimTerm) {
    decision.standing(decision.standing().term(claimTerm));
    var id = decision.nextId();
    decision.pending(new Pending(id, Work.ACQUIRE, decision.workDeadlineNanos(), claimTerm));
    if (BY_SILENCE.contains(decision.cause())) {
      decision.emit(new Effect.StopPartner(claimTerm));
    }
    decision.emit(new Effect.Acquire(id));
    decision.emit(new Effect.HeartbeatNow());
  }

  /** Other addresses: what is under way was for those before, and its answer does not count. */
  static void acquireAnew(Decision decision) {
    var work = decision.pending();
    if (work != null && work.work() == Work.ACQUIRE) {
      var id = decision.nextId();
      decision.pending(work.id(id));
      decision.emit(new Effect.Acquire(id));
    }
  }

  /**
   * The addresses are held: tell everybody. A partner that has handed them over gives them up when
   * it hears of it, so it hears of it when the neighbours have, or at the next keepalive.
   */
  static void acquired(Decision decision) {
    decision.pending(null);
    decision.hopeAgain();
    decision.evidence(decision.evidence().doubt(0, 0));
    decision.active(decision.active().found(false));
    var isHandedOver = decision.cause() == Cause.HANDOVER && decision.partnerIs(Role.ACTIVE);
    decision.become(Role.ACTIVE, Cause.ACQUIRED, decision.tookFacts());
    ErrandRules.announce(decision);
    if (!isHandedOver) {
      decision.emit(new Effect.HeartbeatNow());
    }
    ErrandRules.syncAs(decision, true);
  }

  /**
   * A failure makes this node wait before it tries again: longer each time, but only a moment when
   * an active partner offered the addresses. It holds them still, and where both share a machine
   * only one can; once it has let go they are free.
   */
  static void acquireFailed(Decision decision, Cause why, String reason) {
    if (decision.cause() == Cause.HANDOVER && decision.partnerIs(Role.ACTIVE)) {
      decision.failed("acquire: " + reason, decision.settings.keepaliveNanos());
    } else {
      decision.failed("acquire: " + reason);
    }
    giveUp(decision, why, decision.retryFacts(reason));
  }

  /** Ends a claim; releases unless nothing was acquired yet. */
  static void giveUp(Decision decision, Cause why, List<Fact> facts) {
    if (DOUBTS.contains(why)) {
      doubt(decision);
    }
    var work = decision.pending();
    if (work == null || work.work() != Work.GATHER || decision.active().hasFound()) {
      YieldRules.leave(decision, why, facts);
      return;
    }
    decision.pending(null);
    decision.active(ActiveState.NONE.syncing(decision.active().syncing()));
    WitnessRules.giveBack(decision);
    decision.rest(decision.restingRole(), why, facts);
    if (decision.stop() != null) {
      YieldRules.goodbye(decision);
    }
  }

  /** No claim on silence for a while: longer each time, until there is news. */
  static void doubt(Decision decision) {
    var doubts = decision.evidence().doubts() + 1;
    decision.evidence(
        decision.evidence().doubt(doubts, decision.now + decision.settings.doubtNanos(doubts)));
  }

  static List<Fact> facts(Decision decision, Cause why) {
    if (why != Cause.PARTNER_SILENT && why != Cause.PARTNER_ABSENT) {
      return decision.partnerFacts();
    }
    var silentFrom = decision.hearing().silentFromNanos();
    return List.of(
        new Fact("for", Transition.millis(decision.now - silentFrom)),
        new Fact("links", String.join(",", decision.settings.links())));
  }
}
