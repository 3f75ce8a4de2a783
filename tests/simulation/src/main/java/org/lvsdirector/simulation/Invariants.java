// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.EnumMap;
import java.util.Map;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Cause;
import org.lvsdirector.pulse.failover.Policy.Witnessing;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.failover.TransitionTable;

/** What must hold after every event, whatever has gone wrong. */
final class Invariants {

  private final World world;
  private final Rivalry rivalry;
  private final Idleness idleness;
  private final Map<Node, Cause> claims = new EnumMap<>(Node.class);
  private final Map<Node, Long> lastTerms = new EnumMap<>(Node.class);
  private long transitions;
  private long falseClaims;
  private long takeovers;
  private long claimsOnSilence;
  private long lostAt = -1;
  private Node lost = Node.PRIMARY;
  private long worstTakeoverNanos;

  Invariants(World world) {
    this.world = world;
    rivalry = new Rivalry(world);
    idleness = new Idleness(world);
  }

  Rivalry rivalry() {
    return rivalry;
  }

  Idleness idleness() {
    return idleness;
  }

  /** Something was broken or mended on purpose, or an effect failed. */
  void disturbed() {
    idleness.disturbed();
    lostAt = -1;
  }

  /** An active director is gone: if the other watched it, it takes over from now on. */
  void lost(Director director) {
    var other = world.director(director.node().partner());
    var isPlain =
        other.isRunning()
            && other.state().role() == Role.STANDBY
            && other.silenceNanos() < 2 * world.conditions().keepaliveNanos()
            && other.state().isFit(other.local())
            && idleness.isAble(other)
            && world.conditions().failingPercent() == 0;
    lostAt = isPlain ? world.now() : -1;
    lost = director.node();
  }

  /** A disk that lost terms cannot be held against a process that starts. */
  void started(Director director) {
    lastTerms.merge(director.node(), director.machine().deeds().persistedTerm(), Math::min);
  }

  void journal(Director director, Transition change, Role before) {
    transitions++;
    var node = director.node();
    world.require(change.from() == before, node + " has a gap in its journal: " + change);
    world.require(TransitionTable.allows(change), node + " has no row for: " + change);
    if (change.to() == Role.CLAIMING) {
      claims.put(node, change.cause());
    }
    if (change.cause() == Cause.PARTNER_SILENT) {
      claimed(director, change);
    }
    if (change.to() == Role.ACTIVE) {
      becameActive(director, change);
    }
    world.require(
        change.from() != Role.MAINTENANCE || change.cause() == Cause.ORDERED,
        node + " leaves maintenance by itself: " + change);
  }

  private void claimed(Director director, Transition change) {
    claimsOnSilence++;
    falseClaims += world.director(director.node().partner()).isActive() ? 1 : 0;
    var deadtime = world.conditions().deadtimeNanos();
    world.require(
        director.silenceNanos() >= deadtime,
        director.node() + " heard its partner within deadtime: " + change);
    world.require(
        director.sinceAnnouncementNanos() >= deadtime,
        director.node() + " heard an announcement within deadtime: " + change);
  }

  private void becameActive(Director director, Transition change) {
    takeovers++;
    if (lostAt >= 0 && director.node() != lost) {
      var took = world.now() - lostAt;
      worstTakeoverNanos = Math.max(worstTakeoverNanos, took);
      world.require(took <= takeoverBoundNanos(), "takes over late");
    }
    lostAt = -1;
    var last = lastTerms.put(director.node(), change.term());
    world.require(
        last == null || change.term() > last, director.node() + " repeats a term: " + change);
    rivalry.becameActive(director, claims.getOrDefault(director.node(), change.cause()));
  }

  /** A word on its way, detection, the lease that the other took with it, claim and acquiring. */
  long takeoverBoundNanos() {
    var conditions = world.conditions();
    var isWitnessed = conditions.policy().witness() != Witnessing.NONE;
    var lease = isWitnessed ? conditions.policy().leaseNanos() + conditions.evidenceNanos() : 0;
    var detection = Math.max(conditions.deadtimeNanos(), lease);
    var nanos = detection + conditions.evidenceNanos() + 10 * MS;
    return conditions.longestDelayNanos() + world.attackNanos() + (long) (nanos * Rivalry.SKEW);
  }

  void check() {
    check(world.director(Node.PRIMARY));
    check(world.director(Node.BACKUP));
    rivalry.check();
    idleness.check();
  }

  private void check(Director director) {
    var machine = director.machine();
    if (machine.isActiveWithoutAddresses()) {
      throw world.failure(director.node() + " is active and holds nothing");
    }
    if (machine.isHoldingAstray()) {
      throw world.failure(director.node() + " holds addresses astray");
    }
    if (machine.isHoldingOthers()) {
      throw world.failure(director.node() + " holds others than lvs.cf says");
    }
    if (machine.hasForgottenOrder(world.conditions().policy().handoverNanos() + 60 * SECOND)) {
      throw world.failure(director.node() + " has forgotten an order");
    }
  }

  // ---- numbers ---------------------------------------------------------------------------------

  long transitions() {
    return transitions;
  }

  long takeovers() {
    return takeovers;
  }

  long claimsOnSilence() {
    return claimsOnSilence;
  }

  /** Claims on the silence of a partner that was active all the time. */
  long falseClaims() {
    return falseClaims;
  }

  /** The longest time from the end of an active director to the other being active. */
  long worstTakeoverNanos() {
    return worstTakeoverNanos;
  }
}
