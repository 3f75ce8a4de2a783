// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.pulse.failover.ActiveState.Errand;

/**
 * What was ordered, and what is agreed upon with the partner.
 *
 * @param isMaintained whether an operator keeps this node out; outlives the process
 * @param handover the planned handover under way; null for none
 * @param refusal why this node does not do what its partner asks; empty when it is asked nothing
 * @param offerAtNanos no offer on the partner's request before
 * @param readySinceNanos since when failback would be right; -1 while it is not
 * @param failbackAtNanos no failback before, be it asked for or granted
 * @param trial whether this node could take what the partner offers
 * @param storing the order on the disk, so that it survives a restart
 */
public record PendingOrders(
    boolean isMaintained,
    @Nullable Handover handover,
    String refusal,
    long offerAtNanos,
    long readySinceNanos,
    long failbackAtNanos,
    Trial trial,
    Errand storing) {

  static final PendingOrders NONE =
      new PendingOrders(false, null, "", 0, -1, 0, Trial.NONE, Errand.NONE);

  /**
   * A planned handover, as one of the two sees it.
   *
   * @param isOffer true on the active node, which offers; false on the other, which requests
   * @param orderId the operator's order; 0 for none
   * @param isForMaintenance whether the active node keeps out afterwards
   * @param deadlineNanos when to leave things as they were
   */
  public record Handover(
      boolean isOffer, long orderId, boolean isForMaintenance, long deadlineNanos) {}

  /**
   * Whether this node could take the addresses that the partner offers: asked before anything is
   * taken, so that an offer that is refused leaves no trace.
   *
   * @param id the question; 0 for none
   * @param isPassed whether it could
   * @param failure why it could not; empty when it could, or when that is not known yet
   */
  public record Trial(long id, boolean isPassed, String failure) {
    static final Trial NONE = new Trial(0, false, "");

    boolean hasFailed() {
      return !failure.isEmpty();
    }
  }

  /** Whether the role is offered to the partner. */
  public boolean isOffering() {
    return handover != null && handover.isOffer();
  }

  /** Whether the role is requested from the partner. */
  public boolean isRequesting() {
    return handover != null && !handover.isOffer();
  }

  /** Whether the role is requested without an order. */
  public boolean isFailingBack() {
    return handover != null && !handover.isOffer() && handover.orderId() == 0;
  }

  PendingOrders maintained(boolean isNow) {
    return new PendingOrders(
        isNow, handover, refusal, offerAtNanos, readySinceNanos, failbackAtNanos, trial, storing);
  }

  PendingOrders handover(@Nullable Handover next) {
    return new PendingOrders(
        isMaintained,
        next,
        refusal,
        offerAtNanos,
        readySinceNanos,
        failbackAtNanos,
        trial,
        storing);
  }

  PendingOrders refusal(String reason) {
    return new PendingOrders(
        isMaintained,
        handover,
        reason,
        offerAtNanos,
        readySinceNanos,
        failbackAtNanos,
        trial,
        storing);
  }

  PendingOrders offerAt(long atNanos) {
    return new PendingOrders(
        isMaintained, handover, refusal, atNanos, readySinceNanos, failbackAtNanos, trial, storing);
  }

  PendingOrders failback(long readyNanos, long atNanos) {
    return new PendingOrders(
        isMaintained, handover, refusal, offerAtNanos, readyNanos, atNanos, trial, storing);
  }

  PendingOrders trial(Trial next) {
    return new PendingOrders(
        isMaintained,
        handover,
        refusal,
        offerAtNanos,
        readySinceNanos,
        failbackAtNanos,
        next,
        storing);
  }

  PendingOrders storing(Errand errand) {
    return new PendingOrders(
        isMaintained,
        handover,
        refusal,
        offerAtNanos,
        readySinceNanos,
        failbackAtNanos,
        trial,
        errand);
  }
}
