// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.State.Pending;
import org.lvsdirector.pulse.failover.State.Stop;
import org.lvsdirector.pulse.failover.State.Work;
import org.lvsdirector.pulse.failover.Transition.Fact;

/** Giving the addresses up, and the way out when the daemon stops. */
final class YieldRules {

  private YieldRules() {}

  /** Leaves a role in which addresses are, or may be, held. */
  static void leave(Decision turn, Cause why, List<Fact> facts) {
    if (turn.role == Role.ACTIVE && turn.plans.isOffering() && why != Cause.HANDED_OVER) {
      HandoverRules.end(turn, "this node had to release: " + why.code());
    }
    turn.become(Role.YIELDING, why, facts);
    turn.holding = ActiveState.NONE;
    release(turn, why == Cause.HANDED_OVER);
    WitnessRules.giveBack(turn);
    ActiveRules.syncAs(turn, false);
  }

  private static void release(Decision turn, boolean isHandedOver) {
    var id = turn.nextId();
    var deadline = turn.stop != null ? workDeadline(turn) : Long.MAX_VALUE;
    turn.pending = new Pending(id, Work.RELEASE, deadline, turn.term);
    turn.emit(new Effect.Release(id, isHandedOver));
    turn.emit(new Effect.HeartbeatNow());
  }

  static void released(Decision turn) {
    turn.pending = null;
    StandbyRules.rest(turn, turn.restingRole(), Cause.RELEASED, turn.tookFacts());
    var stop = turn.stop;
    if (stop != null) {
      var linger = turn.isPartnerAlive() ? turn.settings.lingerNanos() : 0;
      turn.stop = stop.until(turn.now + linger);
    }
  }

  static void releaseFailed(Decision turn) {
    turn.pending = null;
    turn.failed();
  }

  static void settle(Decision turn) {
    var work = turn.pending;
    var stop = turn.stop;
    if (stop != null && (work == null || turn.now >= work.deadlineNanos())) {
      turn.stop = stop.until(turn.now).done();
      turn.finish(false);
    } else if (work == null && turn.now >= turn.retry.atNanos()) {
      release(turn, false);
    }
  }

  static long workDeadline(Decision turn) {
    return turn.now + turn.settings.acquireTimeoutNanos();
  }

  // ---- the way out -----------------------------------------------------------------------------

  /** An active node hands over first; alone, it keeps the addresses unless told to release. */
  static void stopServing(Decision turn, Stop stop) {
    if (turn.plans.isOffering()) {
      return;
    }
    if (turn.canPartnerTakeOver() && !stop.hasOffered()) {
      turn.stop = new Stop(stop.isReleasing(), stop.untilNanos(), false, true);
      HandoverRules.offer(turn, 0, false);
    } else if (turn.canPartnerTakeOver()) {
      leave(turn, Cause.STOP_REQUESTED, turn.partnerFacts());
    } else {
      keepOrRelease(turn, stop);
    }
  }

  static void keepOrRelease(Decision turn, Stop stop) {
    if (stop.isReleasing()) {
      leave(turn, Cause.STOP_REQUESTED, turn.partnerFacts());
    } else {
      turn.stop = stop.until(turn.now).done();
      turn.finish(false);
    }
  }

  /** Holding nothing: a stop needs no more than a farewell, and a while for the partner to act. */
  static void goodbye(Decision turn) {
    var leaving = turn.stop;
    if (leaving == null) {
      return;
    }
    if (leaving.untilNanos() < 0) {
      leaving = leaving.until(turn.now);
      turn.emit(new Effect.HeartbeatNow());
    }
    var isOver = turn.now >= leaving.untilNanos() || turn.partner.says(Role.ACTIVE, Role.CLAIMING);
    turn.stop = isOver ? leaving.done() : leaving;
    if (isOver) {
      turn.finish(true);
    }
  }
}
