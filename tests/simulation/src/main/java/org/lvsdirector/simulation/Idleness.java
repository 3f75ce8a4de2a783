// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;

import java.util.EnumMap;
import java.util.Map;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** How long nobody may be active while one could be: a formula, see {@link #boundNanos}. */
final class Idleness {

  /** Acquiring in the simulator: three works of at most 10 ms in a row. */
  private static final long ACQUIRE_NANOS = 30 * MS;

  private final World world;
  private final Map<Node, Long> ableSince = new EnumMap<>(Node.class);
  private long idleSince;
  private long disturbedAt;
  private double worstShare;

  Idleness(World world) {
    this.world = world;
  }

  /** Something was broken or mended on purpose, or an effect failed: time counts from here. */
  void disturbed() {
    disturbedAt = world.now();
  }

  void check() {
    var isIdle = true;
    var able = Long.MAX_VALUE;
    for (var director : world.directors()) {
      isIdle &= !director.isActive();
      if (director.machine().deeds().isHanging()) {
        disturbedAt = world.now();
      }
      if (isAble(director)) {
        able = Math.min(able, ableSince.computeIfAbsent(director.node(), _ -> world.now()));
      } else {
        ableSince.remove(director.node());
      }
    }
    if (!isIdle) {
      idleSince = world.now();
    }
    if (able != Long.MAX_VALUE) {
      var idle = world.now() - Math.max(able, Math.max(idleSince, disturbedAt));
      worstShare = Math.max(worstShare, (double) idle / boundNanos());
      world.require(idle <= boundNanos(), "nobody is active though one could be");
    }
  }

  /**
   * Gate, patience, two claims. The gate is the longest of what may keep a node from claiming:
   * deadtime of silence, eight after doubts or failures, the lease of the other. Patience with a
   * partner that goes first takes three deadtimes. The partner's claim may come first and fail.
   */
  long boundNanos() {
    var conditions = world.conditions();
    var deadtime = conditions.deadtimeNanos();
    var policy = conditions.policy();
    var isWitnessed = policy.witness() != Witnessing.NONE;
    var isDoubting = policy.hasTargets() || isWitnessed || conditions.failingPercent() > 0;
    var gate = isDoubting ? 8 * deadtime : deadtime;
    gate = isWitnessed ? Math.max(gate, policy.leaseNanos()) : gate;
    var claim = conditions.evidenceNanos() + ACQUIRE_NANOS;
    var nanos = gate + 3 * deadtime + 2 * claim;
    return conditions.longestDelayNanos() + world.recordingNanos() + (long) (nanos * Rivalry.SKEW);
  }

  /** Whether a director lacks nothing to be active. */
  boolean isAble(Director director) {
    var state = director.state();
    var policy = world.conditions().policy();
    return director.isRunning()
        && state.fitness().isFit()
        && director.machine().deeds().isAllowed()
        && !state.isStopping()
        && !state.orders().isMaintained()
        && world.network().isPortUp(director.node())
        && (!policy.hasTargets() || world.network().reachesTarget(director.node()))
        && (policy.witness() == Witnessing.NONE || canBeGranted(director));
  }

  private boolean canBeGranted(Director director) {
    return world.witness().isUp() && world.network().reachesWitness(director.node());
  }

  /** The longest time without an active one, as a share of the bound. */
  double worstShare() {
    return worstShare;
  }
}
