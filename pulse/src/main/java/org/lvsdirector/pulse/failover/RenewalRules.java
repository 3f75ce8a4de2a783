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
   */
  static void changed(Decision turn) {
    switch (turn.role) {
      case ACTIVE -> turn.holding = turn.holding.renewal(turn.holding.renewal().due());
      case CLAIMING -> ClaimRules.acquireAnew(turn);
      case STARTING, STANDBY, YIELDING, MAINTENANCE, FAULT -> {}
    }
  }

  static void done(Decision turn) {
    turn.holding = turn.holding.renewal(Renewal.NONE);
    turn.hopeAgain();
    turn.emit(new Effect.HeartbeatNow());
    announce(turn);
  }

  /** Those that could be taken are announced, so that they are served. */
  static void failed(Decision turn, String reason) {
    count(turn, turn.holding.renewal().failed(reason));
    announce(turn);
  }

  private static void count(Decision turn, Renewal next) {
    if (turn.retry.failures() == 0) {
      turn.notify(Notice.Kind.NOT_DONE, "addresses of a reload: " + next.failure());
    }
    turn.failed();
    turn.holding = turn.holding.renewal(next);
    turn.emit(new Effect.HeartbeatNow());
  }

  /** A node that listens for a rival before it announces does so then. */
  private static void announce(Decision turn) {
    if (turn.holding.recheckAtNanos() == Long.MAX_VALUE) {
      ActiveRules.announce(turn);
    }
  }

  static void settle(Decision turn) {
    var renewal = turn.holding.renewal();
    if (renewal.isDue() && turn.now >= turn.retry.atNanos()) {
      var id = turn.nextId();
      turn.emit(new Effect.Acquire(id));
      turn.holding = turn.holding.renewal(renewal.tried(id, YieldRules.workDeadline(turn)));
    } else if (turn.now >= renewal.deadlineNanos()) {
      count(turn, renewal.overdue());
    }
    offer(turn);
  }

  /** Once a reload: a partner that cannot take them either would try in vain again and again. */
  private static void offer(Decision turn) {
    var renewal = turn.holding.renewal();
    if (renewal.hasFailed()
        && !renewal.hasOffered()
        && turn.role == Role.ACTIVE
        && turn.stop == null
        && turn.plans.handover() == null
        && HandoverRules.partnerObstacle(turn).isEmpty()) {
      turn.holding = turn.holding.renewal(renewal.offered());
      HandoverRules.offer(turn, 0, false);
    }
  }

  /** When an active node looks at its addresses again. */
  static long wakeAt(State state) {
    var renewal = state.holding().renewal();
    return renewal.isDue() ? state.retry().atNanos() : renewal.deadlineNanos();
  }
}
