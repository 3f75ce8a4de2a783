// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Policy.Witnessing;
import org.lvsdirector.pulse.failover.Transition.Fact;

/** Being active: when to give the role up, and what to look after meanwhile. */
final class ActiveRules {

  private ActiveRules() {}

  static void settle(Decision decision) {
    HandoverRules.serve(decision);
    if (decision.role() == Role.ACTIVE) {
      giveWay(decision);
    }
    if (decision.role() == Role.ACTIVE && !decision.progress().isStopped()) {
      lookAfter(decision);
    }
  }

  static long wakeAt(Decision decision) {
    var active = decision.active();
    var next = Math.min(WitnessRules.wakeAt(decision), RenewalRules.wakeAt(decision));
    next = Math.min(next, leaseLostAt(decision));
    if (active.rivalNanos() >= 0) {
      next = Math.min(next, Math.min(deafRivalAt(decision), decision.silentAtNanos()));
    }
    if (active.recheckAtNanos() != Moment.NEVER) {
      return Math.min(next, active.recheckAtNanos());
    }
    next = Math.min(next, active.contestAtNanos());
    next = Math.min(next, active.announcing().againAtNanos());
    return Math.min(next, beaconAt(decision));
  }

  private static void giveWay(Decision decision) {
    var stop = decision.stop();
    var right = decision.partnerIs(Role.ACTIVE) ? RivalRules.right(decision) : null;
    if (right != null) {
      YieldRules.leave(decision, right, decision.partnerFacts());
    } else if (isToldToStop(decision)) {
      YieldRules.leave(decision, Cause.TOLD_TO_STOP, decision.partnerFacts());
    } else if (hasDeafRivalForLong(decision)) {
      YieldRules.leave(decision, Cause.RIVAL_DEAF, decision.partnerFacts());
    } else if (decision.isDue(leaseLostAt(decision))) {
      YieldRules.leave(decision, Cause.LEASE_LOST, silenceFacts(decision));
      ClaimRules.doubt(decision);
    } else if (!decision.fitness().isFit() && decision.canPartnerTakeOver()) {
      YieldRules.leave(decision, Cause.UNFIT, decision.reasonFacts());
    } else if (isCutOff(decision) && decision.canPartnerTakeOver()) {
      YieldRules.leave(decision, Cause.CUT_OFF, decision.partnerFacts());
    } else if (stop != null) {
      YieldRules.stopServing(decision, stop);
    }
  }

  /** For long enough that the partner would have noticed, were it the target that failed. */
  private static boolean isCutOff(Decision decision) {
    var evidence = decision.evidence();
    return decision.policy().hasTargets()
        && evidence.isTargetLost()
        && decision.now - evidence.targetLostNanos() >= decision.settings.deadtimeNanos();
  }

  private static boolean isToldToStop(Decision decision) {
    var heartbeat = decision.partner().last();
    return heartbeat != null
        && heartbeat.has(Heartbeat.Flag.STOP)
        && decision.partnerIs(Role.CLAIMING, Role.ACTIVE)
        && RivalRules.isLater(decision, heartbeat.term());
  }

  /** The stop command came on another way; what the partner said before it is out of date. */
  static void stopAsked(Decision decision, long rivalTerm) {
    decision.standing(decision.standing().seen(rivalTerm));
    if (decision.role() == Role.ACTIVE && RivalRules.isLater(decision, rivalTerm)) {
      var facts = List.of(new Fact("partner-term", Long.toString(rivalTerm)));
      YieldRules.leave(decision, Cause.TOLD_TO_STOP, facts);
      HearingRules.listenAnew(decision);
    }
  }

  /**
   * Both active, and only this node knows. A partner that hears it would have given way, or told it
   * to, long before deadtime has passed.
   */
  private static boolean hasDeafRivalForLong(Decision decision) {
    var since = decision.active().rivalNanos();
    var isRivalYielding =
        decision.policy().witness() == Witnessing.STRICT && decision.lease().isHeld(decision.now);
    if (!decision.partnerIs(Role.ACTIVE) || isRivalYielding) {
      decision.active(since < 0 ? decision.active() : decision.active().rival(-1));
      return false;
    }
    if (since < 0) {
      decision.active(decision.active().rival(decision.now));
      return false;
    }
    return decision.isDue(deafRivalAt(decision));
  }

  /** When to give way to a rival that hears this node on no link, by its own word. */
  private static long deafRivalAt(Decision decision) {
    var heartbeat = decision.partner().last();
    return heartbeat != null && heartbeat.hearsLinks() == 0
        ? decision.active().rivalNanos() + decision.settings.deadtimeNanos()
        : Moment.NEVER;
  }

  /** When this node has neither the lease that it needs nor a partner. */
  private static long leaseLostAt(Decision decision) {
    return decision.policy().witness() == Witnessing.STRICT
        ? Math.max(decision.lease().untilNanos(), partnerLostAt(decision))
        : Moment.NEVER;
  }

  private static long partnerLostAt(Decision decision) {
    return decision.partner().heardNanos() < 0 ? 0 : decision.silentAtNanos();
  }

  /**
   * The partner announces; when it goes on so and stays silent, that is how two active nodes learn
   * of it. Once is not enough: when links heal, an announcement may come before the first
   * heartbeat, and a partner that hears this node gives way at once and says no more.
   *
   * @param beforeNanos when it announced the last time; -1 for never
   */
  static void partnerAnnounced(Decision decision, long beforeNanos) {
    if (decision.isPartnerAlive()) {
      return;
    }
    if (decision.settings.node() == Node.PRIMARY) {
      ErrandRules.announce(decision);
    } else if (isGoingOn(decision, beforeNanos)) {
      if (decision.now - decision.active().announcedNanos() >= longEnough(decision)) {
        YieldRules.leave(decision, Cause.PARTNER_ANNOUNCES, silenceFacts(decision));
      }
    } else {
      decision.active(decision.active().announced(decision.now));
    }
  }

  /** Whether it has announced since it is silent, and not only once long ago. */
  private static boolean isGoingOn(Decision decision, long beforeNanos) {
    var since = decision.active().announcedNanos();
    return since >= 0
        && since > decision.partner().heardNanos()
        && decision.now - beforeNanos <= decision.settings.deadtimeNanos();
  }

  private static long longEnough(Decision decision) {
    return decision.settings.keepaliveNanos() / 2 * 3;
  }

  private static List<Fact> silenceFacts(Decision decision) {
    var silentNanos = decision.now - decision.hearing().silentFromNanos();
    return List.of(new Fact("silent-for", Transition.millis(silentNanos)));
  }

  private static void lookAfter(Decision decision) {
    WitnessRules.renew(decision);
    RenewalRules.settle(decision);
    if (isRechecking(decision)) {
      return;
    }
    if (decision.isDue(decision.active().contestAtNanos())) {
      ErrandRules.announce(decision);
      ErrandRules.probe(decision);
    }
    if (decision.isDue(decision.active().announcing().againAtNanos())) {
      ErrandRules.announce(decision);
    }
    if (decision.isDue(beaconAt(decision))) {
      decision.emit(new Effect.Beacon());
      decision.active(decision.active().beaconAt(decision.now + decision.settings.beaconNanos()));
    }
  }

  /**
   * A node that had stalled or lost a link announces only when it has had time to hear of another
   * active one.
   */
  private static boolean isRechecking(Decision decision) {
    var recheckAt = decision.active().recheckAtNanos();
    if (!decision.isDue(recheckAt)) {
      return recheckAt != Moment.NEVER;
    }
    decision.active(decision.active().recheckAt(Moment.NEVER));
    ErrandRules.announce(decision);
    return false;
  }

  /** When an active node shows by a beacon that it lives; its heartbeats may not get through. */
  private static long beaconAt(Decision decision) {
    if (!decision.settings.isPaired()) {
      return Moment.NEVER;
    }
    var since = decision.standing().sinceNanos();
    var silentFrom = Math.max(decision.partner().heardNanos(), since);
    var settings = decision.settings;
    return Math.max(decision.active().beaconAtNanos(), silentFrom + settings.beaconNanos());
  }
}
