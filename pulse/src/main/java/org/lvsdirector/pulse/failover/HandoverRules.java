// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.PendingOrders.Handover;

/**
 * Planned changes of role, make before break: the active node offers, the other takes the addresses
 * and says so, then the first releases. A refusal or silence leaves things as they were.
 *
 * <p>All of it is said by flags of the heartbeats, which are repeated: no message can be lost.
 */
final class HandoverRules {

  private static final String FAILED_TRY = "could not take the addresses, its log says why";

  private HandoverRules() {}

  /** What holds in every role: answers to the partner, and the end of a handover. */
  static void settle(Decision decision) {
    answer(decision);
    var handover = decision.orders().handover();
    if (handover != null && !handover.isOffer()) {
      settleRequest(decision, handover);
    } else if (handover != null && decision.role() == Role.ACTIVE) {
      settleOffer(decision, handover);
    }
    if (decision.orders().handover() == null) {
      failback(decision);
    }
  }

  private static void settleOffer(Decision decision, Handover handover) {
    var heartbeat = decision.partner().last();
    if (heartbeat == null || !decision.isPartnerAlive()) {
      OfferRules.end(decision, "the partner is silent");
    } else if (heartbeat.role() == Role.ACTIVE && RivalRules.isLater(decision, heartbeat.term())) {
      ErrandRules.maintain(decision, handover.isForMaintenance());
      OfferRules.end(decision, "");
      YieldRules.leave(decision, Cause.HANDED_OVER, decision.partnerFacts());
    } else if (heartbeat.has(Flag.REFUSES)) {
      OfferRules.end(decision, "the partner refuses: " + heartbeat.reason());
    } else if (decision.isDue(handover.deadlineNanos())) {
      OfferRules.end(decision, "the partner did not take over in time");
    }
  }

  private static void settleRequest(Decision decision, Handover handover) {
    if (decision.role() == Role.ACTIVE) {
      OfferRules.end(decision, "");
    } else if (decision.role() == Role.STANDBY && decision.partnerHas(Flag.REFUSES)) {
      var heartbeat = decision.partner().last();
      OfferRules.end(
          decision, "the partner refuses: " + (heartbeat == null ? "" : heartbeat.reason()));
    } else if (decision.role() == Role.STANDBY && decision.orders().trial().hasFailed()) {
      OfferRules.end(decision, "this node " + OfferRules.trialObstacle(decision));
    } else if (decision.role() != Role.STANDBY && decision.role() != Role.CLAIMING) {
      OfferRules.end(
          decision,
          isFailedTry(decision) ? "this node " + FAILED_TRY : "this node is " + decision.role());
    } else if (decision.isDue(handover.deadlineNanos())) {
      OfferRules.end(decision, "the partner did not hand over in time");
    }
  }

  /** An offer that this node cannot follow is refused as long as it is made, a request as well. */
  private static void answer(Decision decision) {
    if (!OfferRules.isOffered(decision)) {
      OfferRules.forgetTrial(decision);
    }
    var refusal = refusal(decision);
    if (!refusal.equals(decision.orders().refusal())) {
      decision.orders(decision.orders().refusal(refusal));
      decision.emit(new Effect.HeartbeatNow());
    }
  }

  private static String refusal(Decision decision) {
    if (OfferRules.isOffered(decision)) {
      return switch (decision.role()) {
        case STANDBY -> OfferRules.ownObstacle(decision);
        case YIELDING -> isFailedTry(decision) ? FAILED_TRY : "is YIELDING";
        case STARTING, MAINTENANCE, FAULT -> "is " + decision.role();
        case CLAIMING, ACTIVE -> "";
      };
    }
    var isRequested =
        decision.role() == Role.ACTIVE
            && decision.partnerHas(Flag.REQUESTS)
            && decision.partnerIs(Role.STANDBY)
            && !decision.orders().isOffering();
    return isRequested ? requestObstacle(decision) : "";
  }

  /** Whether this node gives up what it could not take, rather than what it held. */
  private static boolean isFailedTry(Decision decision) {
    return decision.cause() == Cause.ACQUIRE_FAILED || decision.cause() == Cause.ACQUIRE_TIMEOUT;
  }

  private static String requestObstacle(Decision decision) {
    if (decision.partnerHas(Flag.FAILBACK) && decision.now < decision.orders().failbackAtNanos()) {
      return "failback was granted a while ago";
    }
    return decision.now < decision.orders().offerAtNanos()
        ? "failed a moment ago"
        : OfferRules.partnerObstacle(decision);
  }

  /** What an active node does on the partner's request. */
  static void serve(Decision decision) {
    if (decision.orders().handover() == null
        && decision.stop() == null
        && decision.partnerHas(Flag.REQUESTS)
        && decision.partnerIs(Role.STANDBY)
        && requestObstacle(decision).isEmpty()) {
      if (decision.partnerHas(Flag.FAILBACK)) {
        var notBefore = decision.now + decision.policy().failback().backoffNanos();
        decision.orders(decision.orders().failback(-1, notBefore));
      }
      OfferRules.offer(decision, 0, false);
    }
  }

  private static void failback(Decision decision) {
    var policy = decision.policy();
    if (!policy.failback().isWanted() || decision.settings.node() != Node.PRIMARY) {
      return;
    }
    var orders = decision.orders();
    if (!isReady(decision)) {
      decision.orders(
          orders.readySinceNanos() < 0 ? orders : orders.failback(-1, orders.failbackAtNanos()));
    } else if (orders.readySinceNanos() < 0) {
      decision.orders(orders.failback(decision.now, orders.failbackAtNanos()));
    } else if (decision.isDue(failbackAt(decision))) {
      decision.orders(orders.failback(-1, decision.now + policy.failback().backoffNanos()));
      OfferRules.request(decision, 0);
    }
  }

  private static boolean isReady(Decision decision) {
    return decision.role() == Role.STANDBY
        && decision.stop() == null
        && decision.partnerIs(Role.ACTIVE)
        && decision.evidence().isInSync()
        && OfferRules.ownObstacle(decision).isEmpty();
  }

  /** When to ask for the role, if nothing changes; {@link Moment#NEVER} for never. */
  private static long failbackAt(Decision decision) {
    var orders = decision.orders();
    return orders.readySinceNanos() < 0
        ? Moment.NEVER
        : Math.max(
            orders.failbackAtNanos(),
            orders.readySinceNanos() + decision.policy().failback().holdNanos());
  }

  static long wakeAt(Decision decision) {
    var handover = decision.orders().handover();
    if (handover == null) {
      return decision.role() == Role.STANDBY ? failbackAt(decision) : Moment.NEVER;
    }
    return handover.isOffer()
        ? Math.min(handover.deadlineNanos(), decision.silentAtNanos())
        : handover.deadlineNanos();
  }
}
