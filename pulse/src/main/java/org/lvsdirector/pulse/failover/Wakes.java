// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** When a state wants to be looked at again though nothing happens. */
final class Wakes {

  private static final long NEVER = Long.MAX_VALUE;

  private Wakes() {}

  static long next(Settings settings, State state) {
    var stop = state.stop();
    if (stop != null && stop.isDone()) {
      return NEVER;
    }
    if (stop != null && stop.untilNanos() >= 0) {
      return stop.untilNanos();
    }
    var next = Math.min(ofRole(settings, state), ofHandover(settings, state));
    next = Math.min(next, state.holding().syncing().againAtNanos());
    return Math.min(next, state.plans().storing().againAtNanos());
  }

  private static long ofRole(Settings settings, State state) {
    var pending = state.pending();
    return switch (state.role()) {
      case STARTING ->
          state.fitness().isKnown() && state.openLinks() != 0
              ? state.listenFromNanos() + settings.deadtimeNanos()
              : NEVER;
      case STANDBY -> Claim.earliest(settings, state).atNanos();
      case CLAIMING, YIELDING ->
          pending == null ? state.retry().atNanos() : pending.deadlineNanos();
      case FAULT -> state.fitness().isFit() ? state.retry().atNanos() : NEVER;
      case ACTIVE -> serving(settings, state);
      case MAINTENANCE -> NEVER;
    };
  }

  private static long ofHandover(Settings settings, State state) {
    var handover = state.plans().handover();
    if (handover == null) {
      return state.role() == Role.STANDBY
          ? HandoverRules.failbackAt(settings, state.plans())
          : NEVER;
    }
    if (!handover.isOffer()) {
      return handover.deadlineNanos();
    }
    return Math.min(handover.deadlineNanos(), silentAt(settings, state));
  }

  private static long silentAt(Settings settings, State state) {
    var heard = state.partner().heardNanos();
    return heard < 0 ? NEVER : heard + settings.deadtimeNanos();
  }

  private static long serving(Settings settings, State state) {
    var holding = state.holding();
    var next = Math.min(witness(settings, state), RenewalRules.wakeAt(state));
    if (holding.rivalNanos() >= 0) {
      next = Math.min(next, rivalAt(settings, state));
    }
    if (holding.recheckAtNanos() != NEVER) {
      return Math.min(next, holding.recheckAtNanos());
    }
    next = Math.min(next, holding.contestAtNanos());
    next = Math.min(next, holding.announcing().againAtNanos());
    return Math.min(
        next, ActiveRules.beaconAt(settings, state.partner(), state.sinceNanos(), holding));
  }

  /** A deaf rival is given way to, or has gone silent by then. */
  private static long rivalAt(Settings settings, State state) {
    var silent = silentAt(settings, state);
    return ActiveRules.isDeaf(state.partner())
        ? Math.min(state.holding().rivalNanos() + settings.deadtimeNanos(), silent)
        : silent;
  }

  private static long witness(Settings settings, State state) {
    var policy = settings.policy();
    if (!policy.hasWitness()) {
      return NEVER;
    }
    var ask = state.lease().askAtNanos();
    if (policy.witness() != Witnessing.STRICT) {
      return ask;
    }
    var heard = state.partner().heardNanos();
    var silent = heard < 0 ? 0 : heard + settings.deadtimeNanos();
    return Math.min(ask, Math.max(state.lease().untilNanos(), silent));
  }
}
