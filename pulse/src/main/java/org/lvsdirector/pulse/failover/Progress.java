// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.jspecify.annotations.Nullable;

/**
 * What is under way between two roles.
 *
 * @param pending the effect whose answer decides what comes next; null for none
 * @param retry what failed lately
 * @param stop set once the daemon was told to stop; null before
 */
public record Progress(@Nullable Pending pending, Retry retry, @Nullable Stop stop) {

  static final Progress NONE = new Progress(null, Retry.NONE, null);

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
   * @param deadlineNanos when to go on without it; {@link Moment#NEVER} for never
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

    Pending id(long next) {
      return new Pending(next, work, deadlineNanos, term, proofs);
    }

    Pending deadline(long atNanos) {
      return new Pending(id, work, atNanos, term, proofs);
    }

    /** With one answer less to wait for. */
    Pending without(long answeredId) {
      var rest = proofs.without(answeredId);
      return new Pending(id == answeredId ? 0 : id, work, deadlineNanos, term, rest);
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

    boolean contains(long id) {
      return id != 0 && (id == pingId || id == grantId);
    }

    private Proofs without(long id) {
      return new Proofs(pingId == id ? 0 : pingId, grantId == id ? 0 : grantId, needsGrant);
    }
  }

  /**
   * The policy after failures.
   *
   * @param failures so many in a row
   * @param atNanos not again before; 0 when nothing failed
   * @param failure what failed last; empty when nothing did
   */
  public record Retry(int failures, long atNanos, String failure) {
    static final Retry NONE = new Retry(0, 0, "");
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

    Stop offered() {
      return new Stop(isReleasing, untilNanos, isDone, true);
    }

    Stop releasing() {
      return new Stop(true, untilNanos, isDone, hasOffered);
    }
  }

  Progress pending(@Nullable Pending next) {
    return new Progress(next, retry, stop);
  }

  Progress retry(Retry next) {
    return new Progress(pending, next, stop);
  }

  Progress stop(Stop next) {
    return new Progress(pending, retry, next);
  }

  /** The work under way if it is of this kind; null otherwise. */
  @Nullable Pending pending(Work work) {
    return pending != null && pending.work() == work ? pending : null;
  }

  /** Whether the daemon has ended its way out. */
  boolean isStopped() {
    return stop != null && stop.isDone();
  }
}
