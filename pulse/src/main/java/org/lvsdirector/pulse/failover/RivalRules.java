// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;

/** Which of two that are active, or claim, goes on: both come to the same answer. */
final class RivalRules {

  private RivalRules() {}

  /**
   * Why the partner goes before this node; null when this node goes first, or has taken what the
   * partner offers.
   */
  static @Nullable Cause right(Decision decision) {
    var rival = Objects.requireNonNull(decision.partner().last(), "a rival was heard");
    if (rival.has(Heartbeat.Flag.OFFERS) && rival.term() < decision.term()) {
      return null;
    }
    var isRivalGranted = rival.has(Heartbeat.Flag.GRANTED);
    if (isRivalGranted != decision.lease().isHeld(decision.now)) {
      return isRivalGranted ? Cause.OUTRANKED_BY_WITNESS : null;
    }
    if (rival.isFit() != decision.isFit()) {
      return rival.isFit() ? Cause.OUTRANKED_BY_FITNESS : null;
    }
    var isRivalCutOff = rival.has(Heartbeat.Flag.CUT_OFF);
    if (isRivalCutOff != decision.evidence().isTargetLost()) {
      return isRivalCutOff ? null : Cause.OUTRANKED_BY_REACHABILITY;
    }
    if (rival.term() != decision.term()) {
      return rival.term() > decision.term() ? Cause.OUTRANKED_BY_TERM : null;
    }
    return decision.settings.node() == Node.BACKUP ? Cause.OUTRANKED_BY_CONFIGURATION : null;
  }

  /** Whether the partner's term is later than this node's; of equal terms the primary's is. */
  static boolean isLater(Decision decision, long rivalTerm) {
    return rivalTerm > decision.term()
        || rivalTerm == decision.term() && decision.settings.node() == Node.BACKUP;
  }
}
