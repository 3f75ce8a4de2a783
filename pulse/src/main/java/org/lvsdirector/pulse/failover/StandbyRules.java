// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Role;

/** The roles in which a node holds nothing and waits: when it takes the next step. */
final class StandbyRules {

  private StandbyRules() {}

  static void starting(Decision turn) {
    var isPartnerHolding = turn.partnerIs(Role.ACTIVE, Role.CLAIMING);
    if (turn.holding.hasFound()) {
      startingInPlace(turn, isPartnerHolding);
    } else if (turn.plans.isMaintained()) {
      rest(turn, Role.MAINTENANCE, Cause.ORDERED, List.of());
      maintenance(turn);
    } else if (turn.stop != null) {
      YieldRules.goodbye(turn);
    } else if (isPartnerHolding) {
      rest(turn, Role.STANDBY, Cause.PARTNER_ACTIVE, turn.partnerFacts());
      standby(turn);
    } else if (turn.fitness.isKnown() && isListened(turn)) {
      listened(turn);
    }
  }

  /** The addresses were found in place: resume, unless the partner went on meanwhile. */
  private static void startingInPlace(Decision turn, boolean isPartnerHolding) {
    var stop = turn.stop;
    if (isPartnerHolding) {
      YieldRules.leave(turn, Cause.PARTNER_ACTIVE, turn.partnerFacts());
    } else if (turn.seenTerm > turn.term) {
      YieldRules.leave(turn, Cause.OUTRANKED_BY_TERM, turn.partnerFacts());
    } else if (turn.plans.isMaintained()) {
      YieldRules.leave(turn, Cause.ORDERED, turn.partnerFacts());
    } else if (stop != null) {
      YieldRules.keepOrRelease(turn, stop);
    } else if (turn.fitness.isKnown() && isListened(turn)) {
      if (turn.isFit()) {
        ClaimRules.begin(turn, Cause.RESUMED, turn.partnerFacts());
      } else {
        YieldRules.leave(turn, Cause.UNFIT, turn.reasonFacts());
      }
    }
  }

  private static boolean isListened(Decision turn) {
    return !turn.settings.isPaired()
        || turn.openLinks != 0 && turn.now >= turn.listenFromNanos + turn.settings.deadtimeNanos();
  }

  private static void listened(Decision turn) {
    if (!turn.fitness.isFit()) {
      rest(turn, Role.FAULT, Cause.UNFIT, turn.reasonFacts());
    } else if (!claimIfDue(turn)) {
      rest(turn, Role.STANDBY, Cause.LISTENED, turn.partnerFacts());
    }
  }

  static void standby(Decision turn) {
    if (turn.stop != null) {
      YieldRules.goodbye(turn);
    } else if (turn.fitness.isKnown() && !turn.fitness.isFit()) {
      rest(turn, Role.FAULT, Cause.UNFIT, turn.reasonFacts());
    } else if (HandoverRules.isOffered(turn) && turn.plans.refusal().isEmpty() && turn.isFit()) {
      ClaimRules.begin(turn, Cause.HANDOVER, turn.partnerFacts());
    } else {
      claimIfDue(turn);
    }
  }

  static void fault(Decision turn) {
    if (turn.stop != null) {
      YieldRules.goodbye(turn);
    } else if (turn.isFit()) {
      var isRetry = turn.retry.failures() > 0;
      rest(turn, Role.STANDBY, isRetry ? Cause.RETRY : Cause.FIT, List.of());
      claimIfDue(turn);
    }
  }

  static void maintenance(Decision turn) {
    if (turn.stop != null) {
      YieldRules.goodbye(turn);
    }
  }

  static void rest(Decision turn, Role to, Cause why, List<Transition.Fact> facts) {
    turn.become(to, why, facts);
    turn.emit(new Effect.HeartbeatNow());
  }

  private static boolean claimIfDue(Decision turn) {
    var claim = Claim.earliest(turn.settings, turn.state());
    if (turn.now < claim.atNanos()) {
      return false;
    }
    var cause = claim.causeAt(turn.settings, turn.state(), turn.now);
    ClaimRules.begin(turn, cause, ClaimRules.facts(turn, cause));
    return true;
  }
}
