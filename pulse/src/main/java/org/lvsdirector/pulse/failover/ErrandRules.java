// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.ActiveState.Errand;

/**
 * What is done beside a change of role, and again until it succeeds: to announce the addresses, to
 * run connection synchronisation in the right role, to store an order.
 */
final class ErrandRules {

  private ErrandRules() {}

  static void settle(Decision decision) {
    if (decision.isDue(decision.active().syncing().againAtNanos())) {
      sync(decision, decision.active().syncing(), decision.role() == Role.ACTIVE);
    }
    if (decision.isDue(decision.orders().storing().againAtNanos())) {
      store(decision);
    }
  }

  static long wakeAt(Decision decision) {
    return Math.min(
        decision.active().syncing().againAtNanos(), decision.orders().storing().againAtNanos());
  }

  static void announce(Decision decision) {
    var id = decision.nextId();
    decision.emit(new Effect.Announce(id));
    decision.active(decision.active().announcing(decision.active().announcing().tried(id)));
  }

  /** Asks who else answers for the addresses. */
  static void probe(Decision decision) {
    var id = decision.nextId();
    decision.emit(new Effect.ProbeAddresses(id));
    decision.active(decision.active().contest(id, Moment.NEVER));
  }

  /** Somebody else still answers for the addresses: announce and ask again until it is quiet. */
  static void probed(Decision decision, long id, boolean isForeign) {
    if (id != 0 && id == decision.active().probeId()) {
      var again = isForeign ? decision.now + decision.settings.deadtimeNanos() : Moment.NEVER;
      decision.active(decision.active().contest(0, again));
    }
  }

  /** A node that had stalled or lost a link announces when it has had time to hear of another. */
  static void recheck(Decision decision) {
    decision.active(decision.active().recheckAt(decision.now + decision.settings.recheckNanos()));
  }

  static void syncAs(Decision decision, boolean isSender) {
    if (decision.policy().isSyncing()) {
      sync(decision, Errand.NONE, isSender);
    }
  }

  private static void sync(Decision decision, Errand errand, boolean isSender) {
    var id = decision.nextId();
    decision.emit(new Effect.SyncRole(id, isSender));
    decision.active(decision.active().syncing(errand.tried(id)));
  }

  /** An operator keeps this node out, or does no longer; a restart does not change that. */
  static void maintain(Decision decision, boolean isMaintained) {
    if (decision.orders().isMaintained() != isMaintained) {
      decision.orders(decision.orders().maintained(isMaintained));
      store(decision);
    }
  }

  private static void store(Decision decision) {
    var id = decision.nextId();
    var orders = decision.orders();
    decision.emit(new Effect.PersistTerm(id, decision.term(), orders.isMaintained()));
    decision.orders(orders.storing(orders.storing().tried(id)));
  }

  /** One of them was carried out; an id of something else changes nothing. */
  static void done(Decision decision, long id) {
    var active = decision.active();
    if (id == active.announcing().id()) {
      announced(decision);
    } else if (id == active.syncing().id()) {
      decision.active(active.syncing(Errand.NONE));
    } else if (id == decision.orders().storing().id()) {
      decision.orders(decision.orders().storing(Errand.NONE));
    }
  }

  /** The neighbours were told. */
  private static void announced(Decision decision) {
    decision.active(decision.active().announcing(Errand.NONE));
    if (decision.role() == Role.ACTIVE && decision.partnerIs(Role.ACTIVE)) {
      decision.emit(new Effect.HeartbeatNow());
    }
  }

  /** One of them was not carried out; an id of something else changes nothing. */
  static void failed(Decision decision, long id, String reason) {
    var active = decision.active();
    var orders = decision.orders();
    if (id == active.announcing().id()) {
      var errand = again(decision, active.announcing(), "announce", reason);
      decision.active(active.announcing(errand));
    } else if (id == active.syncing().id()) {
      decision.active(active.syncing(again(decision, active.syncing(), "sync role", reason)));
    } else if (id == orders.storing().id()) {
      decision.orders(orders.storing(again(decision, orders.storing(), "store an order", reason)));
    } else if (id == active.probeId()) {
      decision.active(active.contest(0, Moment.NEVER));
    }
  }

  private static Errand again(Decision decision, Errand errand, String what, String reason) {
    var failures = errand.failures() + 1;
    if (failures == Errand.TOLD_FAILURES) {
      decision.notify(Notice.Kind.NOT_DONE, what + ": " + reason);
    }
    return new Errand(0, failures, decision.now + decision.settings.backoffNanos(failures));
  }
}
