// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
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

  // ---- orders ----------------------------------------------------------------------------------

  static void order(Decision turn, long orderId, Input.Order order) {
    if (turn.plans.handover() != null || turn.stop != null) {
      refuse(turn, orderId, turn.stop != null ? "stops" : "a handover is under way");
      return;
    }
    switch (order) {
      case FAILOVER -> orderFailover(turn, orderId);
      case STANDBY -> orderStandby(turn, orderId);
      case ONLINE -> orderOnline(turn, orderId);
    }
  }

  private static void orderFailover(Decision turn, long orderId) {
    switch (turn.role) {
      case ACTIVE -> offerIfPossible(turn, orderId, false);
      case STANDBY -> {
        if (turn.partnerIs(Role.ACTIVE)) {
          request(turn, orderId);
        } else {
          refuse(turn, orderId, "the partner is not active");
        }
      }
      case STARTING, CLAIMING, YIELDING, MAINTENANCE, FAULT ->
          refuse(turn, orderId, "this node is " + turn.role);
    }
  }

  private static void orderStandby(Decision turn, long orderId) {
    switch (turn.role) {
      case ACTIVE -> offerIfPossible(turn, orderId, true);
      case STANDBY, FAULT -> {
        turn.maintain(true);
        StandbyRules.rest(turn, Role.MAINTENANCE, Cause.ORDERED, List.of());
        done(turn, orderId);
      }
      case MAINTENANCE -> done(turn, orderId);
      case STARTING, CLAIMING, YIELDING -> refuse(turn, orderId, "this node is " + turn.role);
    }
  }

  private static void orderOnline(Decision turn, long orderId) {
    turn.maintain(false);
    if (turn.role == Role.MAINTENANCE) {
      StandbyRules.rest(turn, turn.restingRole(), Cause.ORDERED, List.of());
    }
    done(turn, orderId);
  }

  private static void offerIfPossible(Decision turn, long orderId, boolean isForMaintenance) {
    var obstacle = partnerObstacle(turn);
    if (obstacle.isEmpty()) {
      offer(turn, orderId, isForMaintenance);
    } else {
      refuse(turn, orderId, obstacle);
    }
  }

  private static void done(Decision turn, long orderId) {
    turn.emit(new Effect.OrderEnded(orderId, true, ""));
  }

  private static void refuse(Decision turn, long orderId, String reason) {
    turn.emit(new Effect.OrderEnded(orderId, false, reason));
  }

  // ---- the handover under way ------------------------------------------------------------------

  static void offer(Decision turn, long orderId, boolean isForMaintenance) {
    start(turn, new Handover(true, orderId, isForMaintenance, deadline(turn)));
  }

  private static void request(Decision turn, long orderId) {
    start(turn, new Handover(false, orderId, false, deadline(turn)));
  }

  private static void start(Decision turn, Handover handover) {
    turn.plans = turn.plans.handover(handover);
    turn.emit(new Effect.HeartbeatNow());
  }

  private static long deadline(Decision turn) {
    return turn.now + turn.settings.policy().handoverNanos();
  }

  /** Ends the handover under way; an empty reason means that it is done. */
  static void end(Decision turn, String reason) {
    var handover = turn.plans.handover();
    if (handover == null) {
      return;
    }
    turn.plans = turn.plans.handover(null);
    if (!reason.isEmpty()) {
      turn.plans = turn.plans.offerAt(turn.now + turn.settings.backoffNanos(1));
      turn.emit(new Effect.HeartbeatNow());
    }
    if (handover.orderId() != 0) {
      turn.emit(new Effect.OrderEnded(handover.orderId(), reason.isEmpty(), reason));
    }
  }

  /** What holds in every role: answers to the partner, and the end of a handover. */
  static void settle(Decision turn) {
    answer(turn);
    var handover = turn.plans.handover();
    if (handover != null && !handover.isOffer()) {
      settleRequest(turn, handover);
    } else if (handover != null && turn.role == Role.ACTIVE) {
      settleOffer(turn, handover);
    }
    if (turn.plans.handover() == null) {
      failback(turn);
    }
  }

  private static void settleOffer(Decision turn, Handover handover) {
    var word = turn.partner.last();
    if (word == null || !turn.isPartnerAlive()) {
      end(turn, "the partner is silent");
    } else if (word.role() == Role.ACTIVE && RivalRules.isLater(turn, word.term())) {
      turn.maintain(handover.isForMaintenance());
      end(turn, "");
      YieldRules.leave(turn, Cause.HANDED_OVER, turn.partnerFacts());
    } else if (word.has(Flag.REFUSES)) {
      end(turn, "the partner refuses: " + word.reason());
    } else if (turn.now >= handover.deadlineNanos()) {
      end(turn, "the partner did not take over in time");
    }
  }

  private static void settleRequest(Decision turn, Handover handover) {
    if (turn.role == Role.ACTIVE) {
      end(turn, "");
    } else if (turn.role == Role.STANDBY && turn.partnerHas(Flag.REFUSES)) {
      var word = turn.partner.last();
      end(turn, "the partner refuses: " + (word == null ? "" : word.reason()));
    } else if (turn.role != Role.STANDBY && turn.role != Role.CLAIMING) {
      end(turn, isFailedTry(turn) ? "this node " + FAILED_TRY : "this node is " + turn.role);
    } else if (turn.now >= handover.deadlineNanos()) {
      end(turn, "the partner did not hand over in time");
    }
  }

  /** Whether the partner wants this node to take over. */
  static boolean isOffered(Decision turn) {
    return turn.partnerHas(Flag.OFFERS) && turn.partnerIs(Role.ACTIVE);
  }

  /** An offer that this node cannot follow is refused as long as it is made, a request as well. */
  private static void answer(Decision turn) {
    var refusal = refusal(turn);
    if (!refusal.equals(turn.plans.refusal())) {
      turn.plans = turn.plans.refusal(refusal);
      turn.emit(new Effect.HeartbeatNow());
    }
  }

  private static String refusal(Decision turn) {
    if (isOffered(turn)) {
      return switch (turn.role) {
        case STANDBY -> ownObstacle(turn);
        case YIELDING -> isFailedTry(turn) ? FAILED_TRY : "is YIELDING";
        case STARTING, MAINTENANCE, FAULT -> "is " + turn.role;
        case CLAIMING, ACTIVE -> "";
      };
    }
    var isRequested =
        turn.role == Role.ACTIVE
            && turn.partnerHas(Flag.REQUESTS)
            && turn.partnerIs(Role.STANDBY)
            && !turn.plans.isOffering();
    return isRequested ? requestObstacle(turn) : "";
  }

  /** Whether this node gives up what it could not take, rather than what it held. */
  private static boolean isFailedTry(Decision turn) {
    return turn.cause == Cause.ACQUIRE_FAILED || turn.cause == Cause.ACQUIRE_TIMEOUT;
  }

  private static String requestObstacle(Decision turn) {
    if (turn.partnerHas(Flag.FAILBACK) && turn.now < turn.plans.failbackAtNanos()) {
      return "failback was granted a while ago";
    }
    return turn.now < turn.plans.offerAtNanos() ? "failed a moment ago" : partnerObstacle(turn);
  }

  /** What an active node does on the partner's request. */
  static void serve(Decision turn) {
    if (turn.plans.handover() == null
        && turn.stop == null
        && turn.partnerHas(Flag.REQUESTS)
        && turn.partnerIs(Role.STANDBY)
        && requestObstacle(turn).isEmpty()) {
      if (turn.partnerHas(Flag.FAILBACK)) {
        var notBefore = turn.now + turn.settings.policy().failback().backoffNanos();
        turn.plans = turn.plans.failback(-1, notBefore);
      }
      offer(turn, 0, false);
    }
  }

  // ---- obstacles -------------------------------------------------------------------------------

  /** Why the partner cannot take over as planned; empty when it can. */
  static String partnerObstacle(Decision turn) {
    var word = turn.partner.last();
    if (word == null || !turn.isPartnerAlive()) {
      return "the partner is silent";
    }
    if (!turn.canPartnerTakeOver()) {
      var isStandby = word.role() == Role.STANDBY;
      return isStandby ? "the partner cannot serve" : "the partner is " + word.role();
    }
    if (turn.settings.policy().isSyncing() && !word.has(Flag.IN_SYNC)) {
      return "the partner's connection table is not in sync";
    }
    return turn.evidence.differsFrom(word.configDigest()) ? "the partner has another lvs.cf" : "";
  }

  /** Why this node cannot take over as planned. Of a partner that leaves, anything is taken. */
  private static String ownObstacle(Decision turn) {
    var word = turn.partner.last();
    if (!turn.isFit()) {
      return "is not fit";
    }
    if (turn.settings.policy().hasTargets() && turn.evidence.isTargetLost()) {
      return "reaches no ping target";
    }
    if (word == null || word.isLeaving()) {
      return "";
    }
    if (turn.settings.policy().isSyncing() && !turn.evidence.isInSync()) {
      return "the connection table is not in sync";
    }
    return turn.evidence.differsFrom(word.configDigest()) ? "has another lvs.cf" : "";
  }

  // ---- failback --------------------------------------------------------------------------------

  private static void failback(Decision turn) {
    var policy = turn.settings.policy();
    if (!policy.failback().isWanted() || turn.settings.node() != Node.PRIMARY) {
      return;
    }
    var plans = turn.plans;
    if (!isReady(turn)) {
      turn.plans =
          plans.readySinceNanos() < 0 ? plans : plans.failback(-1, plans.failbackAtNanos());
    } else if (plans.readySinceNanos() < 0) {
      turn.plans = plans.failback(turn.now, plans.failbackAtNanos());
    } else if (turn.now >= failbackAt(turn.settings, plans)) {
      turn.plans = plans.failback(-1, turn.now + policy.failback().backoffNanos());
      request(turn, 0);
    }
  }

  private static boolean isReady(Decision turn) {
    return turn.role == Role.STANDBY
        && turn.stop == null
        && turn.partnerIs(Role.ACTIVE)
        && turn.evidence.isInSync()
        && ownObstacle(turn).isEmpty();
  }

  /** When to ask for the role, if nothing changes; {@link Long#MAX_VALUE} for never. */
  static long failbackAt(Settings settings, PendingOrders plans) {
    return plans.readySinceNanos() < 0
        ? Long.MAX_VALUE
        : Math.max(
            plans.failbackAtNanos(),
            plans.readySinceNanos() + settings.policy().failback().holdNanos());
  }
}
