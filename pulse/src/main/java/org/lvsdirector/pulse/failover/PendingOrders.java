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
 * @param storing the order on the disk, so that it survives a restart
 */
public record PendingOrders(
    boolean isMaintained,
    @Nullable Handover handover,
    String refusal,
    long offerAtNanos,
    long readySinceNanos,
    long failbackAtNanos,
    Errand storing) {

  static final PendingOrders NONE = new PendingOrders(false, null, "", 0, -1, 0, Errand.NONE);

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
        isNow, handover, refusal, offerAtNanos, readySinceNanos, failbackAtNanos, storing);
  }

  PendingOrders handover(@Nullable Handover next) {
    return new PendingOrders(
        isMaintained, next, refusal, offerAtNanos, readySinceNanos, failbackAtNanos, storing);
  }

  PendingOrders refusal(String reason) {
    return new PendingOrders(
        isMaintained, handover, reason, offerAtNanos, readySinceNanos, failbackAtNanos, storing);
  }

  PendingOrders offerAt(long atNanos) {
    return new PendingOrders(
        isMaintained, handover, refusal, atNanos, readySinceNanos, failbackAtNanos, storing);
  }

  PendingOrders failback(long readyNanos, long atNanos) {
    return new PendingOrders(
        isMaintained, handover, refusal, offerAtNanos, readyNanos, atNanos, storing);
  }

  PendingOrders storing(Errand errand) {
    return new PendingOrders(
        isMaintained, handover, refusal, offerAtNanos, readySinceNanos, failbackAtNanos, errand);
  }
}
