// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;

/**
 * All that the failover decision remembers.
 *
 * @param role what this node is
 * @param sinceNanos since when
 * @param cause why
 * @param term the term of this node's last claim or, while it holds nothing, the highest it knows
 * @param seenTerm the highest term heard or used
 * @param fitness whether this node can serve
 * @param partner what is known of the partner
 * @param listenFromNanos the partner's silence counts from here at the earliest
 * @param openLinks one bit for each link that can be heard on now, the lowest for the first
 * @param triedLinks one bit for each link that could ever be heard on
 * @param pending the effect whose answer decides what comes next; null for none
 * @param retry what failed lately
 * @param stop set once the daemon was told to stop; null before
 * @param evidence what is known beyond heartbeats
 * @param holding what an active node looks after
 * @param lease the lease of the witness
 * @param plans what was ordered or agreed upon
 * @param nextEffectId the id of the next effect that is answered
 */
public record State(
    Role role,
    long sinceNanos,
    Cause cause,
    long term,
    long seenTerm,
    Fitness fitness,
    Partner partner,
    long listenFromNanos,
    int openLinks,
    int triedLinks,
    @Nullable Pending pending,
    Retry retry,
    @Nullable Stop stop,
    ClaimEvidence evidence,
    ActiveState holding,
    WitnessLease lease,
    PendingOrders plans,
    long nextEffectId) {

  /**
   * Whether this node can serve.
   *
   * @param isKnown whether anybody has said so yet
   * @param isFit what was said last
   * @param reason why not
   */
  public record Fitness(boolean isKnown, boolean isFit, String reason) {}

  /** An effect that a change of role waits for. */
  public enum Work {
    GATHER,
    ACQUIRE,
    RELEASE
  }

  /**
   * An effect under way.
   *
   * @param id its id; of the persisted term while evidence is gathered, 0 once that is answered
   * @param work which one
   * @param deadlineNanos when to go on without it; {@link Long#MAX_VALUE} for never
   * @param term the term to claim with
   * @param proofs what else a claim waits for
   */
  public record Pending(long id, Work work, long deadlineNanos, long term, Proofs proofs) {
    Pending(long id, Work work, long deadlineNanos, long term) {
      this(id, work, deadlineNanos, term, Proofs.NONE);
    }

    boolean isGathered() {
      return id == 0 && proofs.pingId() == 0 && proofs.grantId() == 0;
    }
  }

  /**
   * What a claim waits for besides its term.
   *
   * @param pingId the open question to the ping targets; 0 for none
   * @param grantId the open question to the witness; 0 for none
   * @param needsGrant whether the claim fails without the grant
   */
  public record Proofs(long pingId, long grantId, boolean needsGrant) {
    static final Proofs NONE = new Proofs(0, 0, false);
  }

  /**
   * The policy after failures.
   *
   * @param failures so many in a row
   * @param atNanos not again before; 0 when nothing failed
   */
  public record Retry(int failures, long atNanos) {
    static final Retry NONE = new Retry(0, 0);
  }

  /**
   * The way out.
   *
   * @param isReleasing whether to give the addresses up in any case
   * @param untilNanos when to end at the latest; -1 while still holding the addresses
   * @param isDone whether {@link Effect.Stopped} was given
   * @param hasOffered whether the role was offered to the partner
   */
  public record Stop(boolean isReleasing, long untilNanos, boolean isDone, boolean hasOffered) {
    Stop until(long nanos) {
      return new Stop(isReleasing, nanos, isDone, hasOffered);
    }

    Stop done() {
      return new Stop(isReleasing, untilNanos, true, hasOffered);
    }
  }

  /** The state before {@link Input.Started}. */
  public static State initial(Settings settings) {
    return new State(
        Role.STARTING,
        0,
        Cause.STARTED,
        0,
        0,
        new Fitness(false, false, "no report yet"),
        Partner.unknown(settings.links().size()),
        0,
        0,
        0,
        null,
        Retry.NONE,
        null,
        ClaimEvidence.NONE,
        ActiveState.NONE,
        WitnessLease.NONE,
        PendingOrders.NONE,
        1);
  }

  /** Whether this node could serve now: it says so, and no failure is waiting to be retried. */
  public boolean isFit(long nowNanos) {
    return fitness.isFit() && nowNanos >= retry.atNanos() && !holding.renewal().hasFailed();
  }

  /** Why this node could not serve, if it could not. */
  public String unfitReason() {
    if (!fitness.isFit()) {
      return fitness.reason();
    }
    var renewal = holding.renewal();
    return renewal.hasFailed() ? renewal.failure() : "waits to try again";
  }

  /** Whether the daemon is on its way out. */
  public boolean isStopping() {
    return stop != null;
  }
}
