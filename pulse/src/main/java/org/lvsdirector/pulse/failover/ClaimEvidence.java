// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/**
 * What is known beyond the partner's heartbeats.
 *
 * @param targetLostNanos since when no ping target answers; -1 when one does
 * @param announcedNanos when the partner last announced a virtual address; -1 for never
 * @param position how far the connection table is
 * @param isInSync whether it has all connections of the partner
 * @param configDigest identifies this node's lvs.cf; empty when not known
 * @param doubts so many claims in a row that the evidence did not allow
 * @param doubtUntilNanos no claim on the partner's silence before
 */
public record ClaimEvidence(
    long targetLostNanos,
    long announcedNanos,
    long position,
    boolean isInSync,
    String configDigest,
    int doubts,
    long doubtUntilNanos) {

  static final ClaimEvidence NONE = new ClaimEvidence(-1, -1, 0, false, "", 0, 0);

  ClaimEvidence targetsReached() {
    return targets(-1);
  }

  ClaimEvidence targetsLost(long nowNanos) {
    return isTargetLost() ? this : targets(nowNanos);
  }

  /** Whether no ping target answered when last asked. */
  public boolean isTargetLost() {
    return targetLostNanos >= 0;
  }

  private ClaimEvidence targets(long lostNanos) {
    return new ClaimEvidence(
        lostNanos, announcedNanos, position, isInSync, configDigest, doubts, doubtUntilNanos);
  }

  ClaimEvidence announced(long nowNanos) {
    return new ClaimEvidence(
        targetLostNanos, nowNanos, position, isInSync, configDigest, doubts, doubtUntilNanos);
  }

  ClaimEvidence sync(long newPosition, boolean isNowInSync) {
    return new ClaimEvidence(
        targetLostNanos,
        announcedNanos,
        newPosition,
        isNowInSync,
        configDigest,
        doubts,
        doubtUntilNanos);
  }

  ClaimEvidence digest(String newDigest) {
    return new ClaimEvidence(
        targetLostNanos, announcedNanos, position, isInSync, newDigest, doubts, doubtUntilNanos);
  }

  ClaimEvidence doubt(int newDoubts, long untilNanos) {
    return new ClaimEvidence(
        targetLostNanos, announcedNanos, position, isInSync, configDigest, newDoubts, untilNanos);
  }

  /** Whether a partner's lvs.cf is another one than this node's. */
  boolean differsFrom(String partnerDigest) {
    return !configDigest.isEmpty()
        && !partnerDigest.isEmpty()
        && !configDigest.equals(partnerDigest);
  }
}
