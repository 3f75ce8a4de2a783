package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.EnumMap;
import java.util.Map;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.Cause;
import org.lvsdirector.pulse.Policy.Witnessing;
import org.lvsdirector.pulse.Transition;
import org.lvsdirector.pulse.TransitionTable;

/** What must hold after every event, whatever has gone wrong. */
final class Invariants {

  private final World world;
  private final Map<Node, Long> lastTerms = new EnumMap<>(Node.class);
  private long transitions;
  private long dualSince = -1;
  private long worstDualNanos;
  private long worstDualWithPathNanos;
  private long idleSince;
  private long disturbedAt;
  private long falseClaims;
  private long takeovers;
  private long claimsOnSilence;
  private long lostAt = -1;
  private long worstTakeoverNanos;

  Invariants(World world) {
    this.world = world;
  }

  /** Something was broken or mended on purpose, or an effect failed. */
  void disturbed() {
    disturbedAt = world.now();
    lostAt = -1;
  }

  /** An active director is gone: if the other watched it, it takes over from now on. */
  void lost(Director director) {
    var other = world.director(director.node().partner());
    var isPlain =
        other.isRunning()
            && other.state().role() == Role.STANDBY
            && other.silenceNanos() < 2 * world.conditions().keepaliveNanos()
            && isAble(other)
            && world.conditions().failingPercent() == 0;
    lostAt = isPlain ? world.now() : -1;
  }

  /** A disk that lost terms cannot be held against a process that starts. */
  void started(Director director) {
    lastTerms.merge(director.node(), director.machine().persistedTerm(), Math::min);
  }

  void journal(Director director, Transition change, Role before) {
    transitions++;
    var node = director.node();
    world.require(change.from() == before, node + " has a gap in its journal: " + change);
    world.require(TransitionTable.allows(change), node + " has no row for: " + change);
    if (change.cause() == Cause.PARTNER_SILENT) {
      claimsOnSilence++;
      falseClaims += world.director(node.partner()).isActive() ? 1 : 0;
      world.require(
          director.silenceNanos() >= world.conditions().deadtimeNanos(),
          node + " heard its partner within deadtime: " + change);
    }
    if (change.to() == Role.ACTIVE) {
      takeovers++;
      if (lostAt >= 0) {
        worstTakeoverNanos = Math.max(worstTakeoverNanos, world.now() - lostAt);
        lostAt = -1;
      }
      var last = lastTerms.put(node, change.term());
      world.require(last == null || change.term() > last, node + " repeats a term: " + change);
    }
  }

  void check() {
    check(world.director(Node.PRIMARY));
    check(world.director(Node.BACKUP));
    checkDual();
    checkIdle();
  }

  private void check(Director director) {
    var machine = director.machine();
    if (machine.isActiveWithoutAddresses()) {
      throw world.failure(director.node() + " is active and holds nothing");
    }
    if (machine.isHoldingAstray()) {
      throw world.failure(director.node() + " holds addresses astray");
    }
    if (machine.hasForgottenOrder(world.conditions().policy().handoverNanos() + 60 * SECOND)) {
      throw world.failure(director.node() + " has forgotten an order");
    }
  }

  // ---- two active ------------------------------------------------------------------------------

  private void checkDual() {
    var first = world.director(Node.PRIMARY);
    var second = world.director(Node.BACKUP);
    if (!first.isActive() || !second.isActive()) {
      endDual();
      return;
    }
    if (dualSince < 0) {
      dualSince = world.now();
    }
    var running = Math.max(first.upSince(), second.upSince());
    if (!first.isRunning() || !second.isRunning()) {
      return;
    }
    var since = Math.max(dualSince, running);
    var withPath = world.now() - Math.max(since, world.network().pathSince());
    if (world.network().hasPath()) {
      worstDualWithPathNanos = Math.max(worstDualWithPathNanos, withPath);
      world.require(
          withPath <= dualBoundNanos(), "both active for too long though a way leads across");
    }
    if (world.conditions().policy().witness() == Witnessing.STRICT) {
      var bound = dualBoundNanos() + world.conditions().policy().leaseNanos();
      world.require(world.now() - since <= bound, "both active in spite of the witness");
    }
  }

  /** One way: the one that hears waits deadtime. Loss may cost as much again. */
  private long dualBoundNanos() {
    return 2 * world.conditions().deadtimeNanos() + 5 * world.conditions().keepaliveNanos();
  }

  private void endDual() {
    if (dualSince >= 0) {
      worstDualNanos = Math.max(worstDualNanos, world.now() - dualSince);
      dualSince = -1;
    }
  }

  // ---- none active -----------------------------------------------------------------------------

  private void checkIdle() {
    var first = world.director(Node.PRIMARY);
    var second = world.director(Node.BACKUP);
    if (first.isActive() || second.isActive() || !isAble(first) && !isAble(second)) {
      idleSince = world.now();
      return;
    }
    var since = Math.max(idleSince, disturbedAt);
    world.require(world.now() - since <= idleBoundNanos(), "nobody is active though one could be");
  }

  /** Listening, patience with the other, an effect that hangs, a doubt, a grace of the witness. */
  private long idleBoundNanos() {
    var conditions = world.conditions();
    return 8 * conditions.deadtimeNanos() + 30 * SECOND + 2 * conditions.policy().leaseNanos();
  }

  private boolean isAble(Director director) {
    var state = director.state();
    var policy = world.conditions().policy();
    return director.isRunning()
        && state.isFit(director.local())
        && !state.isStopping()
        && !state.plans().isMaintained()
        && world.network().isPortUp(director.node())
        && (!policy.hasTargets() || world.network().reachesTarget(director.node()))
        && (policy.witness() == Witnessing.NONE || canBeGranted(director));
  }

  private boolean canBeGranted(Director director) {
    return world.witness().isUp() && world.network().reachesWitness(director.node());
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

  long worstDualNanos() {
    return worstDualNanos;
  }

  long worstDualWithPathNanos() {
    return worstDualWithPathNanos;
  }
}
