// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.ActiveState.Renewal;

/**
 * Going on with other virtual addresses without leaving the role, as a reload wants it. One that
 * cannot be taken costs the others nothing: they are served on, it is tried again as after a failed
 * takeover, and a partner that is ready gets one chance to do better.
 */
final class RenewalRules {

  private RenewalRules() {}

  /**
   * Who holds addresses, or takes them now, goes on with the others; who claims yet, takes them.
   *
   * @param isOther whether lvs.cf says something else than before: if not, a claim takes the right
   *     ones already, while who is active looks whether all are still there
   */
  static void changed(Decision decision, boolean isOther) {
    switch (decision.role()) {
      case ACTIVE -> decision.active(decision.active().renewal(decision.active().renewal().due()));
      case CLAIMING -> {
        if (isOther) {
          ClaimRules.acquireAnew(decision);
        }
      }
      case STANDBY -> OfferRules.forgetTrial(decision);
      case STARTING, YIELDING, MAINTENANCE, FAULT -> {}
    }
  }

  static void done(Decision decision) {
    decision.active(decision.active().renewal(Renewal.NONE));
    decision.hopeAgain();
    decision.emit(new Effect.HeartbeatNow());
    announce(decision);
  }

  /** Those that could be taken are announced, so that they are served. */
  static void failed(Decision decision, String reason) {
    count(decision, decision.active().renewal().failed(reason));
    announce(decision);
  }

  private static void count(Decision decision, Renewal next) {
    if (decision.retry().failures() == 0) {
      decision.notify(Notice.Kind.NOT_DONE, "addresses of a reload: " + next.failure());
    }
    decision.failed(next.failure());
    decision.active(decision.active().renewal(next));
    decision.emit(new Effect.HeartbeatNow());
  }

  /** A node that listens for a rival before it announces does so then. */
  private static void announce(Decision decision) {
    if (decision.active().recheckAtNanos() == Moment.NEVER) {
      ErrandRules.announce(decision);
    }
  }

  static void settle(Decision decision) {
    var renewal = decision.active().renewal();
    if (renewal.isDue() && decision.isDue(decision.retry().atNanos())) {
      var id = decision.nextId();
      decision.emit(new Effect.Acquire(id));
      decision.active(decision.active().renewal(renewal.tried(id, decision.workDeadlineNanos())));
    } else if (decision.isDue(renewal.deadlineNanos())) {
      count(decision, renewal.overdue());
    }
    offer(decision);
  }

  /** Once a reload: a partner that cannot take them either would try in vain again and again. */
  private static void offer(Decision decision) {
    var renewal = decision.active().renewal();
    if (renewal.hasFailed()
        && !renewal.hasOffered()
        && decision.role() == Role.ACTIVE
        && decision.stop() == null
        && decision.orders().handover() == null
        && OfferRules.partnerObstacle(decision).isEmpty()) {
      decision.active(decision.active().renewal(renewal.offered()));
      OfferRules.offer(decision, 0, false);
    }
  }

  static long wakeAt(Decision decision) {
    var renewal = decision.active().renewal();
    return renewal.isDue() ? decision.retry().atNanos() : renewal.deadlineNanos();
  }
}
