// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.ActiveState.Errand;
import org.lvsdirector.pulse.failover.Policy.Witnessing;
import org.lvsdirector.pulse.failover.Transition.Fact;

/** Being active: when to give the role up, and what to look after meanwhile. */
final class ActiveRules {

  private ActiveRules() {}

  /**
   * The addresses are held: tell everybody. A partner that has handed them over gives them up when
   * it hears of it, so it hears of it when the neighbours have, or at the next keepalive.
   */
  static void begin(Decision turn, boolean isHandedOver) {
    announce(turn);
    if (!isHandedOver) {
      turn.emit(new Effect.HeartbeatNow());
    }
    syncAs(turn, true);
  }

  /** The neighbours were told. */
  static void announced(Decision turn) {
    turn.holding = turn.holding.announcing(Errand.NONE);
    if (turn.role == Role.ACTIVE && turn.partnerIs(Role.ACTIVE)) {
      turn.emit(new Effect.HeartbeatNow());
    }
  }

  static void settle(Decision turn) {
    HandoverRules.serve(turn);
    if (turn.role == Role.ACTIVE) {
      giveWay(turn);
    }
    if (turn.role == Role.ACTIVE && !isStopped(turn)) {
      lookAfter(turn);
    }
  }

  private static boolean isStopped(Decision turn) {
    return turn.stop != null && turn.stop.isDone();
  }

  // ---- when to give the role up ----------------------------------------------------------------

  private static void giveWay(Decision turn) {
    var stop = turn.stop;
    var right = turn.partnerIs(Role.ACTIVE) ? RivalRules.right(turn) : null;
    if (right != null) {
      YieldRules.leave(turn, right, turn.partnerFacts());
    } else if (isToldToStop(turn)) {
      YieldRules.leave(turn, Cause.TOLD_TO_STOP, turn.partnerFacts());
    } else if (hasDeafRivalForLong(turn)) {
      YieldRules.leave(turn, Cause.RIVAL_DEAF, turn.partnerFacts());
    } else if (isLeaseLost(turn)) {
      YieldRules.leave(turn, Cause.LEASE_LOST, silenceFacts(turn));
      ClaimRules.doubt(turn);
    } else if (!turn.fitness.isFit() && turn.canPartnerTakeOver()) {
      YieldRules.leave(turn, Cause.UNFIT, turn.reasonFacts());
    } else if (isCutOff(turn) && turn.canPartnerTakeOver()) {
      YieldRules.leave(turn, Cause.CUT_OFF, turn.partnerFacts());
    } else if (stop != null) {
      YieldRules.stopServing(turn, stop);
    }
  }

  /** For long enough that the partner would have noticed, were it the target that failed. */
  private static boolean isCutOff(Decision turn) {
    var evidence = turn.evidence;
    return turn.settings.policy().hasTargets()
        && evidence.isTargetLost()
        && turn.now - evidence.targetLostNanos() >= turn.settings.deadtimeNanos();
  }

  private static boolean isToldToStop(Decision turn) {
    var word = turn.partner.last();
    return word != null
        && word.has(Heartbeat.Flag.STOP)
        && turn.partnerIs(Role.CLAIMING, Role.ACTIVE)
        && RivalRules.isLater(turn, word.term());
  }

  /** The stop command came on another way; what the partner said before it is out of date. */
  static void stopAsked(Decision turn, long rivalTerm) {
    turn.seenTerm = Math.max(turn.seenTerm, rivalTerm);
    if (turn.role == Role.ACTIVE && RivalRules.isLater(turn, rivalTerm)) {
      var facts = List.of(new Fact("partner-term", Long.toString(rivalTerm)));
      YieldRules.leave(turn, Cause.TOLD_TO_STOP, facts);
      turn.listenFromNanos = turn.now;
    }
  }

  /**
   * Both active, and only this node knows. A partner that hears it would have given way, or told it
   * to, long before deadtime has passed.
   */
  private static boolean hasDeafRivalForLong(Decision turn) {
    var since = turn.holding.rivalNanos();
    var isRivalYielding =
        turn.settings.policy().witness() == Witnessing.STRICT && turn.lease.isHeld(turn.now);
    if (!turn.partnerIs(Role.ACTIVE) || isRivalYielding) {
      turn.holding = since < 0 ? turn.holding : turn.holding.rival(-1);
      return false;
    }
    if (since < 0) {
      turn.holding = turn.holding.rival(turn.now);
      return false;
    }
    return turn.now - since >= turn.settings.deadtimeNanos() && isDeaf(turn.partner);
  }

  /** Whether the partner hears this node on no link, by its own word. */
  static boolean isDeaf(Partner partner) {
    var word = partner.last();
    return word != null && word.hearsLinks() == 0;
  }

  private static boolean isLeaseLost(Decision turn) {
    return turn.settings.policy().witness() == Witnessing.STRICT
        && !turn.lease.isHeld(turn.now)
        && !turn.isPartnerAlive();
  }

  /** Another machine announces; with a silent partner that is how two active nodes learn of it. */
  static void foreignAnnounced(Decision turn) {
    if (turn.isPartnerAlive()) {
      return;
    }
    if (turn.settings.node() == Node.BACKUP) {
      YieldRules.leave(turn, Cause.PARTNER_ANNOUNCES, silenceFacts(turn));
    } else {
      announce(turn);
    }
  }

  private static List<Fact> silenceFacts(Decision turn) {
    var silentFrom = Math.max(turn.partner.heardNanos(), turn.listenFromNanos);
    return List.of(new Fact("silent-for", Transition.millis(turn.now - silentFrom)));
  }

  // ---- what to look after ----------------------------------------------------------------------

  private static void lookAfter(Decision turn) {
    WitnessRules.renew(turn);
    RenewalRules.settle(turn);
    if (isRechecking(turn)) {
      return;
    }
    if (turn.now >= turn.holding.contestAtNanos()) {
      announce(turn);
      probe(turn);
    }
    if (turn.now >= turn.holding.announcing().againAtNanos()) {
      announce(turn);
    }
    if (turn.now >= beaconAt(turn.settings, turn.partner, turn.sinceNanos, turn.holding)) {
      turn.emit(new Effect.Beacon());
      turn.holding = turn.holding.beaconAt(turn.now + turn.settings.beaconNanos());
    }
  }

  /**
   * A node that had stalled or lost a link announces only when it has had time to hear of another
   * active one.
   */
  private static boolean isRechecking(Decision turn) {
    if (turn.now < turn.holding.recheckAtNanos()) {
      return turn.holding.recheckAtNanos() != Long.MAX_VALUE;
    }
    turn.holding = turn.holding.recheckAt(Long.MAX_VALUE);
    announce(turn);
    return false;
  }

  /** When an active node shows by a beacon that it lives; its heartbeats may not get through. */
  static long beaconAt(Settings settings, Partner partner, long sinceNanos, ActiveState holding) {
    if (!settings.isPaired()) {
      return Long.MAX_VALUE;
    }
    var silentFrom = Math.max(partner.heardNanos(), sinceNanos);
    return Math.max(holding.beaconAtNanos(), silentFrom + settings.beaconNanos());
  }

  static void announce(Decision turn) {
    var id = turn.nextId();
    turn.emit(new Effect.Announce(id));
    turn.holding = turn.holding.announcing(turn.holding.announcing().tried(id));
  }

  static void probe(Decision turn) {
    var id = turn.nextId();
    turn.emit(new Effect.ProbeAddresses(id));
    turn.holding = turn.holding.contest(id, Long.MAX_VALUE);
  }

  static void syncAs(Decision turn, boolean isSender) {
    if (turn.settings.policy().isSyncing()) {
      var id = turn.nextId();
      turn.emit(new Effect.SyncRole(id, isSender));
      turn.holding = turn.holding.syncing(Errand.NONE.tried(id));
    }
  }

  static void syncAgain(Decision turn) {
    var errand = turn.holding.syncing();
    if (turn.now >= errand.againAtNanos()) {
      var id = turn.nextId();
      turn.emit(new Effect.SyncRole(id, turn.role == Role.ACTIVE));
      turn.holding = turn.holding.syncing(errand.tried(id));
    }
  }
}
