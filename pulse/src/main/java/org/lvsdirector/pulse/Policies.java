// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import org.lvsdirector.config.Failback;
import org.lvsdirector.config.Pair;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Policy.Witnessing;
import org.lvsdirector.pulse.port.Ports;

/** The policy that lvs.cf asks for, as far as this machine can follow it. */
public final class Policies {

  /** No lease is shorter: a witness is asked three times within one. */
  private static final long SHORTEST_LEASE_NANOS = 300_000_000L;

  private Policies() {}

  static Policy of(Pair pair, Ports outside) {
    var policy = Policy.DEFAULT;
    var arbitration = pair.arbitration();
    if (!arbitration.pingTargets().isEmpty() && outside.hasTargets()) {
      policy = policy.withTargets();
    }
    if (arbitration.witness() != null && outside.hasWitness()) {
      policy = policy.withWitness(Witnessing.STRICT, leaseNanos(pair));
    }
    if (outside.hasSync()) {
      policy = policy.withSync();
    }
    var times = policy.failback();
    return arbitration.failback() == Failback.SYNCED
        ? policy.withFailback(times.holdNanos(), times.backoffNanos())
        : policy;
  }

  /**
   * How long a lease lasts: as long as deadtime, for a claimant waits for the end of its dead
   * partner's lease, and a longer one would make each takeover longer.
   */
  public static long leaseNanos(Pair pair) {
    return Math.max(pair.deadtime().toNanos(), SHORTEST_LEASE_NANOS);
  }
}
