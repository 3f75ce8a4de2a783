// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Role;

/** An operator's order: carried out, begun or refused. */
final class OrderRules {

  private OrderRules() {}

  static void order(Decision decision, long orderId, Input.Order order) {
    if (decision.orders().handover() != null || decision.stop() != null) {
      refuse(decision, orderId, decision.stop() != null ? "stops" : "a handover is under way");
      return;
    }
    switch (order) {
      case FAILOVER -> orderFailover(decision, orderId);
      case STANDBY -> orderStandby(decision, orderId);
      case ONLINE -> orderOnline(decision, orderId);
    }
  }

  private static void orderFailover(Decision decision, long orderId) {
    switch (decision.role()) {
      case ACTIVE -> offerIfPossible(decision, orderId, false);
      case STANDBY -> {
        if (decision.partnerIs(Role.ACTIVE)) {
          OfferRules.request(decision, orderId);
        } else {
          refuse(decision, orderId, "the partner is not active");
        }
      }
      case STARTING, CLAIMING, YIELDING, MAINTENANCE, FAULT ->
          refuse(decision, orderId, "this node is " + decision.role());
    }
  }

  private static void orderStandby(Decision decision, long orderId) {
    switch (decision.role()) {
      case ACTIVE -> offerIfPossible(decision, orderId, true);
      case STANDBY, FAULT -> {
        ErrandRules.maintain(decision, true);
        decision.rest(Role.MAINTENANCE, Cause.ORDERED, List.of());
        done(decision, orderId);
      }
      case MAINTENANCE -> done(decision, orderId);
      case STARTING, CLAIMING, YIELDING ->
          refuse(decision, orderId, "this node is " + decision.role());
    }
  }

  private static void orderOnline(Decision decision, long orderId) {
    ErrandRules.maintain(decision, false);
    if (decision.role() == Role.MAINTENANCE) {
      decision.rest(decision.restingRole(), Cause.ORDERED, List.of());
    }
    done(decision, orderId);
  }

  private static void offerIfPossible(Decision decision, long orderId, boolean isForMaintenance) {
    var obstacle = OfferRules.partnerObstacle(decision);
    if (obstacle.isEmpty()) {
      OfferRules.offer(decision, orderId, isForMaintenance);
    } else {
      refuse(decision, orderId, obstacle);
    }
  }

  private static void done(Decision decision, long orderId) {
    decision.emit(new Effect.OrderEnded(orderId, true, ""));
  }

  private static void refuse(Decision decision, long orderId, String reason) {
    decision.emit(new Effect.OrderEnded(orderId, false, reason));
  }
}
