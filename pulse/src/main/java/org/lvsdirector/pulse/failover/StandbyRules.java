// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Role;

/** The roles in which a node holds nothing and waits: when it takes the next step. */
final class StandbyRules {

  private StandbyRules() {}

  static void starting(Decision decision) {
    var isPartnerHolding = decision.partnerIs(Role.ACTIVE, Role.CLAIMING);
    if (decision.active().hasFound()) {
      startingInPlace(decision, isPartnerHolding);
    } else if (decision.orders().isMaintained()) {
      decision.rest(Role.MAINTENANCE, Cause.ORDERED, List.of());
      maintenance(decision);
    } else if (decision.stop() != null) {
      YieldRules.goodbye(decision);
    } else if (isPartnerHolding) {
      decision.rest(Role.STANDBY, Cause.PARTNER_ACTIVE, decision.partnerFacts());
      standby(decision);
    } else if (decision.fitness().isKnown() && isListened(decision)) {
      listened(decision);
    }
  }

  /** The addresses were found in place: resume, unless the partner went on meanwhile. */
  private static void startingInPlace(Decision decision, boolean isPartnerHolding) {
    var stop = decision.stop();
    if (isPartnerHolding) {
      YieldRules.leave(decision, Cause.PARTNER_ACTIVE, decision.partnerFacts());
    } else if (decision.standing().seenTerm() > decision.term()) {
      YieldRules.leave(decision, Cause.OUTRANKED_BY_TERM, decision.partnerFacts());
    } else if (decision.orders().isMaintained()) {
      YieldRules.leave(decision, Cause.ORDERED, decision.partnerFacts());
    } else if (stop != null) {
      YieldRules.keepOrRelease(decision, stop);
    } else if (decision.fitness().isKnown() && isListened(decision)) {
      if (decision.isFit()) {
        ClaimRules.begin(decision, Cause.RESUMED, decision.partnerFacts());
      } else {
        YieldRules.leave(decision, Cause.UNFIT, decision.reasonFacts());
      }
    }
  }

  private static boolean isListened(Decision decision) {
    return !decision.settings.isPaired() || decision.isDue(listenedAt(decision));
  }

  private static long listenedAt(Decision decision) {
    var hearing = decision.hearing();
    return hearing.openLinks() == 0
        ? Moment.NEVER
        : hearing.listenFromNanos() + decision.settings.deadtimeNanos();
  }

  private static void listened(Decision decision) {
    if (!decision.fitness().isFit()) {
      decision.rest(Role.FAULT, Cause.UNFIT, decision.reasonFacts());
    } else if (!claimIfDue(decision)) {
      decision.rest(Role.STANDBY, Cause.LISTENED, decision.partnerFacts());
    }
  }

  static void standby(Decision decision) {
    if (decision.stop() != null) {
      YieldRules.goodbye(decision);
    } else if (decision.fitness().isKnown() && !decision.fitness().isFit()) {
      decision.rest(Role.FAULT, Cause.UNFIT, decision.reasonFacts());
    } else if (OfferRules.isOffered(decision)
        && decision.orders().refusal().isEmpty()
        && decision.isFit()) {
      follow(decision);
    } else {
      claimIfDue(decision);
    }
  }

  /**
   * Takes what is offered, once it is known that it can be taken; of a partner that leaves, at
   * once.
   */
  private static void follow(Decision decision) {
    var heartbeat = decision.partner().last();
    var trial = decision.orders().trial();
    if (trial.isPassed() || heartbeat != null && heartbeat.isLeaving()) {
      OfferRules.forgetTrial(decision);
      ClaimRules.begin(decision, Cause.HANDOVER, decision.partnerFacts());
    } else if (trial.id() == 0) {
      OfferRules.beginTrial(decision);
    }
  }

  static void fault(Decision decision) {
    if (decision.stop() != null) {
      YieldRules.goodbye(decision);
    } else if (decision.isFit()) {
      var isRetry = decision.retry().failures() > 0;
      decision.rest(Role.STANDBY, isRetry ? Cause.RETRY : Cause.FIT, List.of());
      claimIfDue(decision);
    }
  }

  static void maintenance(Decision decision) {
    if (decision.stop() != null) {
      YieldRules.goodbye(decision);
    }
  }

  static long wakeAt(Decision decision) {
    return switch (decision.role()) {
      case STARTING -> decision.fitness().isKnown() ? listenedAt(decision) : Moment.NEVER;
      case STANDBY -> Claim.earliest(decision).atNanos();
      case FAULT -> decision.fitness().isFit() ? decision.retry().atNanos() : Moment.NEVER;
      case MAINTENANCE, CLAIMING, ACTIVE, YIELDING -> Moment.NEVER;
    };
  }

  private static boolean claimIfDue(Decision decision) {
    var claim = Claim.earliest(decision);
    if (!decision.isDue(claim.atNanos())) {
      return false;
    }
    var cause = claim.causeNow(decision);
    ClaimRules.begin(decision, cause, ClaimRules.facts(decision, cause));
    return true;
  }

  /** A node that holds nothing takes over the partner's term, and stores it. */
  static void adoptTerm(Decision decision) {
    var seen = decision.standing().seenTerm();
    if (seen > decision.term() && isIdle(decision)) {
      decision.standing(decision.standing().term(seen));
      var isMaintained = decision.orders().isMaintained();
      decision.emit(new Effect.PersistTerm(decision.nextId(), seen, isMaintained));
    }
  }

  /** Whether this node neither holds the addresses nor is about to. */
  private static boolean isIdle(Decision decision) {
    return switch (decision.role()) {
      case STARTING -> !decision.active().hasFound();
      case STANDBY, FAULT, MAINTENANCE -> true;
      case CLAIMING, ACTIVE, YIELDING -> false;
    };
  }
}
