// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.PendingOrders.Handover;
import org.lvsdirector.pulse.failover.PendingOrders.Trial;

/** How a planned handover begins and ends, and what stands in its way. */
final class OfferRules {

  private OfferRules() {}

  static void offer(Decision decision, long orderId, boolean isForMaintenance) {
    start(decision, new Handover(true, orderId, isForMaintenance, deadline(decision)));
  }

  static void request(Decision decision, long orderId) {
    start(decision, new Handover(false, orderId, false, deadline(decision)));
  }

  private static void start(Decision decision, Handover handover) {
    decision.orders(decision.orders().handover(handover));
    decision.emit(new Effect.HeartbeatNow());
  }

  private static long deadline(Decision decision) {
    return decision.now + decision.policy().handoverNanos();
  }

  /** Ends the handover under way; an empty reason means that it is done. */
  static void end(Decision decision, String reason) {
    var handover = decision.orders().handover();
    if (handover == null) {
      return;
    }
    decision.orders(decision.orders().handover(null));
    if (!reason.isEmpty()) {
      decision.orders(decision.orders().offerAt(decision.now + decision.settings.backoffNanos(1)));
      decision.emit(new Effect.HeartbeatNow());
    }
    if (handover.orderId() != 0) {
      decision.emit(new Effect.OrderEnded(handover.orderId(), reason.isEmpty(), reason));
    }
  }

  /** Whether the partner wants this node to take over. */
  static boolean isOffered(Decision decision) {
    return decision.partnerHas(Flag.OFFERS) && decision.partnerIs(Role.ACTIVE);
  }

  /** Asks whether this node could take what is offered. */
  static void beginTrial(Decision decision) {
    var id = decision.nextId();
    decision.emit(new Effect.TryAddresses(id));
    decision.orders(decision.orders().trial(new Trial(id, false, "")));
  }

  /** What came of the trial; an id of something else changes nothing. */
  static boolean tried(Decision decision, long id, String failure) {
    if (id == 0 || id != decision.orders().trial().id()) {
      return false;
    }
    decision.orders(decision.orders().trial(new Trial(id, failure.isEmpty(), failure)));
    return true;
  }

  /** What was tried counts no more: the offer is over, or other addresses are meant. */
  static void forgetTrial(Decision decision) {
    decision.orders(decision.orders().trial(Trial.NONE));
  }

  /** Why the partner cannot take over as planned; empty when it can. */
  static String partnerObstacle(Decision decision) {
    var heartbeat = decision.partner().last();
    if (heartbeat == null || !decision.isPartnerAlive()) {
      return "the partner is silent";
    }
    if (!decision.canPartnerTakeOver()) {
      var isStandby = heartbeat.role() == Role.STANDBY;
      return isStandby ? "the partner cannot serve" : "the partner is " + heartbeat.role();
    }
    if (decision.policy().isSyncing() && !heartbeat.has(Flag.IN_SYNC)) {
      return "the partner's connection table is not in sync";
    }
    return decision.evidence().differsFrom(heartbeat.configDigest())
        ? "the partner has another lvs.cf"
        : "";
  }

  /** Why this node cannot take over as planned. Of a partner that leaves, anything is taken. */
  static String ownObstacle(Decision decision) {
    var heartbeat = decision.partner().last();
    if (!decision.isFit()) {
      return "is not fit";
    }
    if (decision.policy().hasTargets() && decision.evidence().isTargetLost()) {
      return "reaches no ping target";
    }
    if (heartbeat == null || heartbeat.isLeaving()) {
      return "";
    }
    if (decision.policy().isSyncing() && !decision.evidence().isInSync()) {
      return "the connection table is not in sync";
    }
    if (decision.evidence().differsFrom(heartbeat.configDigest())) {
      return "has another lvs.cf";
    }
    return trialObstacle(decision);
  }

  /** Why the trial has failed; empty when it has not. */
  static String trialObstacle(Decision decision) {
    var trial = decision.orders().trial();
    return trial.hasFailed() ? "cannot " + trial.failure() : "";
  }
}
