// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;

/**
 * All that the failover decision remembers, grouped by what it is about.
 *
 * @param standing what this node is
 * @param hearing what is heard of the partner
 * @param progress what is under way
 * @param fitness whether this node can serve
 * @param evidence what is known beyond heartbeats
 * @param active what an active node looks after
 * @param lease the lease of the witness
 * @param orders what was ordered or agreed upon
 * @param nextEffectId the id of the next effect that is answered
 */
public record State(
    Standing standing,
    Hearing hearing,
    Progress progress,
    Fitness fitness,
    ClaimEvidence evidence,
    ActiveState active,
    WitnessLease lease,
    PendingOrders orders,
    long nextEffectId) {

  /**
   * Whether this node can serve.
   *
   * @param isKnown whether anybody has said so yet
   * @param isFit what was said last
   * @param reason why not
   */
  public record Fitness(boolean isKnown, boolean isFit, String reason) {}

  /** The state before {@link Input.Started}. */
  public static State initial(Settings settings) {
    return new State(
        Standing.NONE,
        Hearing.nothing(settings.links().size()),
        Progress.NONE,
        new Fitness(false, false, "no report yet"),
        ClaimEvidence.NONE,
        ActiveState.NONE,
        WitnessLease.NONE,
        PendingOrders.NONE,
        1);
  }

  public Role role() {
    return standing.role();
  }

  public long term() {
    return standing.term();
  }

  public Cause cause() {
    return standing.cause();
  }

  public Partner partner() {
    return hearing.partner();
  }

  /** Whether this node could serve now: it says so, and no failure is waiting to be retried. */
  public boolean isFit(long nowNanos) {
    return fitness.isFit()
        && nowNanos >= progress.retry().atNanos()
        && !active.renewal().hasFailed();
  }

  /** Why this node could not serve, if it could not. */
  public String unfitReason() {
    if (!fitness.isFit()) {
      return fitness.reason();
    }
    var renewal = active.renewal();
    return renewal.hasFailed() ? renewal.failure() : progress.retry().failure();
  }

  /** Whether the daemon is on its way out. */
  public boolean isStopping() {
    return progress.stop() != null;
  }
}
