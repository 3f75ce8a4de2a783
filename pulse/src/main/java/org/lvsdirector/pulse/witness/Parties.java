// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.pulse.seal.SealedChannel;
import org.lvsdirector.pulse.witness.WitnessCodec.Party;

/**
 * The directors that a witness talks to, as many as there is room for: a full table gives the place
 * of the one that was quiet for longest to one that is new, once it was quiet for so long that no
 * lease of it can last and no recording of it is believed.
 */
final class Parties {

  /** Longer than the longest lease, and than two clocks may differ. */
  static final long QUIET_NANOS = 120_000_000_000L;

  private final int most;

  /** The one that was heard last is last. */
  private final Map<Party, Heard> heard = new LinkedHashMap<>();

  private record Heard(SealedChannel guard, long atNanos) {}

  Parties(int most) {
    this.most = most;
  }

  /** How it is guarded; null for one that is not known. */
  @Nullable SealedChannel guard(Party party) {
    var known = heard.get(party);
    return known == null ? null : known.guard;
  }

  /** It was heard; false when it is new and there is no room. */
  boolean hear(Party party, SealedChannel guard, long nowNanos) {
    if (heard.size() >= most && !heard.containsKey(party) && !hasMadeRoom(nowNanos)) {
      return false;
    }
    heard.remove(party);
    heard.put(party, new Heard(guard, nowNanos));
    return true;
  }

  private boolean hasMadeRoom(long nowNanos) {
    var oldest = heard.entrySet().iterator().next();
    if (nowNanos - oldest.getValue().atNanos < QUIET_NANOS) {
      return false;
    }
    heard.remove(oldest.getKey());
    return true;
  }

  void forEach(Consumer<SealedChannel> action) {
    heard.values().forEach(one -> action.accept(one.guard));
  }
}
