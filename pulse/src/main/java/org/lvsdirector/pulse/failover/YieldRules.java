// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Progress.Pending;
import org.lvsdirector.pulse.failover.Progress.Stop;
import org.lvsdirector.pulse.failover.Progress.Work;
import org.lvsdirector.pulse.failover.Transition.Fact;

/** Giving the addresses up, and the way out when the daemon stops. */
final class YieldRules {

  private YieldRules() {}

  /** Leaves a role in which addresses are, or may be, held. */
  static void leave(Decision decision, Cause why, List<Fact> facts) {
    if (decision.role() == Role.ACTIVE
        && decision.orders().isOffering()
        && why != Cause.HANDED_OVER) {
      OfferRules.end(decision, "this node had to release: " + why.code());
    }
    decision.become(Role.YIELDING, why, facts);
    decision.active(ActiveState.NONE);
    release(decision, why == Cause.HANDED_OVER);
    WitnessRules.giveBack(decision);
    ErrandRules.syncAs(decision, false);
  }

  private static void release(Decision decision, boolean isHandedOver) {
    var id = decision.nextId();
    var deadline = decision.stop() != null ? decision.workDeadlineNanos() : Moment.NEVER;
    decision.pending(new Pending(id, Work.RELEASE, deadline, decision.term()));
    decision.emit(new Effect.Release(id, isHandedOver));
    decision.emit(new Effect.HeartbeatNow());
  }

  static void released(Decision decision) {
    decision.pending(null);
    decision.rest(decision.restingRole(), Cause.RELEASED, decision.tookFacts());
    var stop = decision.stop();
    if (stop != null) {
      var linger = decision.isPartnerAlive() ? decision.settings.lingerNanos() : 0;
      decision.stop(stop.until(decision.now + linger));
    }
  }

  static void releaseFailed(Decision decision, String reason) {
    decision.pending(null);
    decision.failed("release: " + reason);
  }

  static void settle(Decision decision) {
    var work = decision.pending();
    var stop = decision.stop();
    if (stop != null && (work == null || decision.isDue(work.deadlineNanos()))) {
      decision.stop(stop.until(decision.now).done());
      decision.finish(false);
    } else if (work == null && decision.isDue(decision.retry().atNanos())) {
      release(decision, false);
    }
  }

  static long wakeAt(Decision decision) {
    var work = decision.pending();
    return work == null ? decision.retry().atNanos() : work.deadlineNanos();
  }

  static void requestStop(Decision decision, boolean isReleasing) {
    var stop = decision.stop();
    if (stop != null) {
      decision.stop(isReleasing ? stop.releasing() : stop);
      return;
    }
    decision.stop(new Stop(isReleasing, -1, false, false));
    var work = decision.pending();
    if (work != null && work.work() == Work.RELEASE) {
      decision.pending(work.deadline(decision.workDeadlineNanos()));
    }
  }

  /** An active node hands over first; alone, it keeps the addresses unless told to release. */
  static void stopServing(Decision decision, Stop stop) {
    if (decision.orders().isOffering()) {
      return;
    }
    if (decision.canPartnerTakeOver() && !stop.hasOffered()) {
      decision.stop(stop.offered());
      OfferRules.offer(decision, 0, false);
    } else if (decision.canPartnerTakeOver()) {
      leave(decision, Cause.STOP_REQUESTED, decision.partnerFacts());
    } else {
      keepOrRelease(decision, stop);
    }
  }

  static void keepOrRelease(Decision decision, Stop stop) {
    if (stop.isReleasing()) {
      leave(decision, Cause.STOP_REQUESTED, decision.partnerFacts());
    } else {
      decision.stop(stop.until(decision.now).done());
      decision.finish(false);
    }
  }

  /** Holding nothing: a stop needs no more than a farewell, and a while for the partner to act. */
  static void goodbye(Decision decision) {
    var leaving = decision.stop();
    if (leaving == null) {
      return;
    }
    if (leaving.untilNanos() < 0) {
      leaving = leaving.until(decision.now);
      decision.emit(new Effect.HeartbeatNow());
    }
    var isOver =
        decision.now >= leaving.untilNanos() || decision.partner().says(Role.ACTIVE, Role.CLAIMING);
    decision.stop(isOver ? leaving.done() : leaving);
    if (isOver) {
      decision.finish(true);
    }
  }
}
