// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.Takeover.Part;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Transition;

/**
 * Measures takeovers by what goes into the decision and what comes out of it. Only for people: no
 * decision reads it. Owned by the loop.
 */
final class TakeoverClock {
  private final Map<Long, Part> asked = new HashMap<>();
  private final Map<Part, Long> done = new EnumMap<>(Part.class);
  private boolean isUnderWay;
  private long term;
  private long claimedNanos;
  private long lateNanos;
  private volatile @Nullable Takeover latest;

  /**
   * The role changed.
   *
   * @param lateNanos how late the loop was that did it
   */
  void changed(Transition transition, long lateNanos) {
    if (transition.to() == Role.CLAIMING) {
      asked.clear();
      done.clear();
      isUnderWay = true;
      term = transition.term();
      claimedNanos = transition.atNanos();
      this.lateNanos = lateNanos;
    } else if (transition.to() != Role.ACTIVE) {
      isUnderWay = false;
    }
  }

  /** The decision had something done. */
  void asked(Effect.Answered effect) {
    var part = part(effect);
    if (isUnderWay && part != null) {
      asked.put(effect.id(), part);
    }
  }

  private static @Nullable Part part(Effect.Answered effect) {
    return switch (effect) {
      case Effect.PersistTerm _ -> Part.TERM;
      case Effect.PingTargets _, Effect.AskWitness _ -> Part.PROOFS;
      case Effect.Acquire _ -> Part.ADDRESSES;
      case Effect.Announce _ -> Part.ANNOUNCED;
      case Effect.TryAddresses _, Effect.Release _, Effect.ProbeAddresses _, Effect.SyncRole _ ->
          null;
    };
  }

  /**
   * What the decision is told.
   *
   * @return the whole takeover when its last part is done by it
   */
  Optional<Takeover> told(Input input) {
    var part =
        switch (input) {
          case Input.EffectDone(_, var id) -> asked.remove(id);
          case Input.WitnessAnswered(_, var id, _, _) -> asked.remove(id);
          default -> null;
        };
    if (!isUnderWay || part == null) {
      return Optional.empty();
    }
    done.merge(part, input.nowNanos() - claimedNanos, Math::max);
    if (part != Part.ANNOUNCED) {
      return Optional.empty();
    }
    isUnderWay = false;
    var whole = new Takeover(term, lateNanos, done);
    latest = whole;
    return Optional.of(whole);
  }

  /** The latest that was ended; null before the first. Any thread. */
  @Nullable Takeover latest() {
    return latest;
  }
}
