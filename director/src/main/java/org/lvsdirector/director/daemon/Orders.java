// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.OrderReport;
import org.lvsdirector.director.machine.Patience;
import org.lvsdirector.pulse.Pulse;
import org.lvsdirector.pulse.failover.Input.Order;
import org.lvsdirector.pulse.port.OrderOutcome;

/** Gives operators' orders to pulse, and waits until both directors have settled. */
final class Orders {
  private final Pulse pulse;
  private final RoleChanges roles;

  Orders(Pulse pulse, RoleChanges roles) {
    this.pulse = pulse;
    this.roles = roles;
  }

  /** Blocks until the order has ended. */
  OrderReport carryOut(Order order) {
    var beganNanos = System.nanoTime();
    var outcome = await(order, beganNanos);
    if (outcome.isDone()) {
      settle(beganNanos);
    }
    return report(order, outcome, beganNanos);
  }

  /** A failover to a certain node; nothing is done when it is active already. */
  OrderReport failoverTo(Node node) {
    var status = pulse.status();
    var active = status.role() == Role.ACTIVE ? status.node() : status.node().partner();
    if (active == node && (status.role() == Role.ACTIVE || partnerRole() == Role.ACTIVE)) {
      var nothing = new OrderOutcome(true, node.word() + " is active already");
      return report(Order.FAILOVER, nothing, System.nanoTime());
    }
    return carryOut(Order.FAILOVER);
  }

  private OrderOutcome await(Order order, long beganNanos) {
    try {
      var outcome = pulse.order(order);
      var leftNanos = Patience.ORDER.toNanos() - (System.nanoTime() - beganNanos);
      return outcome.get(leftNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new OrderOutcome(false, "interrupted; see status for what came of it");
    } catch (ExecutionException | TimeoutException _) {
      return new OrderOutcome(
          false,
          "no outcome within " + Patience.ORDER.toSeconds() + " s; see status for what came of it");
    }
  }

  /** Waits until neither director is on its way to a role any more. */
  private void settle(long beganNanos) {
    try {
      var leftNanos = Patience.ORDER.toNanos() - (System.nanoTime() - beganNanos);
      var _ = roles.await(() -> !isOnTheWay(pulse.status().role()), leftNanos);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOnTheWay(Role role) {
    return switch (role) {
      case CLAIMING, YIELDING -> true;
      case STARTING, STANDBY, ACTIVE, MAINTENANCE, FAULT -> false;
    };
  }

  private OrderReport report(Order order, OrderOutcome outcome, long beganNanos) {
    var status = pulse.status();
    return new OrderReport(
        order.name().toLowerCase(Locale.ROOT),
        outcome.isDone(),
        outcome.reason(),
        status.node().word(),
        status.role(),
        partnerRole(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
  }

  private @Nullable Role partnerRole() {
    var partner = pulse.status().partner();
    return partner == null || !partner.isAlive() ? null : partner.role();
  }
}
