// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/**
 * This node's lease from the witness.
 *
 * @param askId the question that is open or was answered last; 0 for none
 * @param askedNanos when it was asked
 * @param untilNanos when the lease ends, counted from the question and a tenth early, so that it
 *     ends here before it ends at a witness whose clock runs faster
 * @param askAtNanos when to ask again
 */
public record WitnessLease(long askId, long askedNanos, long untilNanos, long askAtNanos) {

  public static final WitnessLease NONE = new WitnessLease(0, 0, 0, 0);

  /** Whether it has not ended yet. */
  public boolean isHeld(long nowNanos) {
    return nowNanos < untilNanos;
  }

  WitnessLease asked(long id, long nowNanos, long againAtNanos) {
    return new WitnessLease(id, nowNanos, untilNanos, againAtNanos);
  }

  WitnessLease answered(boolean isGranted, long forNanos) {
    return new WitnessLease(
        askId, askedNanos, isGranted ? askedNanos + forNanos / 10 * 9 : 0, askAtNanos);
  }
}
