// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/**
 * What evidence a takeover asks for, and when the role goes back.
 *
 * @param hasTargets whether there are ping targets
 * @param witness what a witness is asked for
 * @param leaseNanos how long the lease of a witness lasts
 * @param isSyncing whether connections are synchronised
 * @param failback when the primary asks for the role when it has returned
 * @param handoverNanos how long a planned handover may take
 */
public record Policy(
    boolean hasTargets,
    Witnessing witness,
    long leaseNanos,
    boolean isSyncing,
    Failback failback,
    long handoverNanos) {

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** No evidence but heartbeats and announcements, and no failback. */
  public static final Policy DEFAULT =
      new Policy(
          false,
          Witnessing.NONE,
          5 * SECOND_NANOS,
          false,
          new Failback(false, 60 * SECOND_NANOS, 600 * SECOND_NANOS),
          5 * SECOND_NANOS);

  /** What a witness is asked for. */
  public enum Witnessing {
    /** There is none. */
    NONE,
    /** A claimant whose partner is silent needs the lease. */
    CLAIM,
    /** Also, an active node that has neither the lease nor a partner releases. */
    STRICT
  }

  /**
   * When the primary asks for the role.
   *
   * @param isWanted whether it does so by itself, when it has all connections of its partner
   * @param holdNanos how long it must have been ready for that
   * @param backoffNanos not twice within this time
   */
  public record Failback(boolean isWanted, long holdNanos, long backoffNanos) {
    public Failback {
      if (holdNanos < 0 || backoffNanos < 0) {
        throw new IllegalArgumentException("a time is negative");
      }
    }
  }

  public Policy {
    if (leaseNanos <= 0 || handoverNanos <= 0) {
      throw new IllegalArgumentException("a time that must be positive is not");
    }
  }

  /** With ping targets. */
  public Policy withTargets() {
    return new Policy(true, witness, leaseNanos, isSyncing, failback, handoverNanos);
  }

  /** With a witness. */
  public Policy withWitness(Witnessing asked, long nanos) {
    return new Policy(hasTargets, asked, nanos, isSyncing, failback, handoverNanos);
  }

  /** With synchronised connections. */
  public Policy withSync() {
    return new Policy(hasTargets, witness, leaseNanos, true, failback, handoverNanos);
  }

  /** With synchronised connections, after which the primary asks for the role. */
  public Policy withFailback(long holdNanos, long backoffNanos) {
    var wanted = new Failback(true, holdNanos, backoffNanos);
    return new Policy(hasTargets, witness, leaseNanos, true, wanted, handoverNanos);
  }

  /** Whether a claim waits for somebody's answer. */
  boolean asksOthers() {
    return hasTargets || hasWitness();
  }

  public boolean hasWitness() {
    return witness != Witnessing.NONE;
  }
}
