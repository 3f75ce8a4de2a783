// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Progress.Work;

/**
 * Decides which of the two directors holds the addresses. Pure: the same state and input always
 * give the same answer.
 *
 * <p>The rules, in short:
 *
 * <ul>
 *   <li>A node listens for deadtime, with a link open, before it claims anything.
 *   <li>A standby claims when its partner was silent on every link for deadtime, or says that it
 *       leaves, cannot serve, or is stuck. Time during which this process did not run counts as
 *       silence of nobody.
 *   <li>Nobody claims what a living partner holds: a node that returns stays standby.
 *   <li>Two idle nodes: the primary claims; the backup only when the primary hesitates.
 *   <li>A claim first persists a term above all known ones, then acquires, and only then is ACTIVE.
 *   <li>Two that claim or are active: fitness decides, then the later term, then the configuration.
 *       The loser releases; the winner announces again.
 *   <li>An unfit active node yields when a fit partner can take over; without one it carries on,
 *       for half a service is better than none.
 *   <li>A reload changes what an active node holds without a change of role. What it cannot take it
 *       tries again, and offers the role to a ready partner meanwhile.
 * </ul>
 */
public final class Failover {

  private Failover() {}

  /**
   * What follows from an input.
   *
   * @param input must not be older than the one before
   */
  public static Step step(Settings settings, State state, Input input) {
    if (state.progress().isStopped()) {
      return new Step(state, List.of());
    }
    var decision = new Decision(settings, state, input.nowNanos());
    InputRules.take(decision, input);
    settle(decision);
    return decision.end();
  }

  /** What follows from all that is known now, whichever input brought it. */
  private static void settle(Decision decision) {
    var roleBefore = decision.role();
    HandoverRules.settle(decision);
    switch (decision.role()) {
      case STARTING -> StandbyRules.starting(decision);
      case STANDBY -> StandbyRules.standby(decision);
      case CLAIMING -> ClaimRules.settle(decision);
      case ACTIVE -> ActiveRules.settle(decision);
      case YIELDING -> YieldRules.settle(decision);
      case FAULT -> StandbyRules.fault(decision);
      case MAINTENANCE -> StandbyRules.maintenance(decision);
    }
    if (decision.role() != roleBefore) {
      HandoverRules.settle(decision);
    }
    ErrandRules.settle(decision);
    StandbyRules.adoptTerm(decision);
  }

  /**
   * When the state wants a {@link Input.Wake} if no other input comes first; {@link Moment#NEVER}
   * for never. A step at that time always moves it into the future.
   *
   * <p>Each class of rules says its part, from the same deadlines that its rules ask for. The rules
   * themselves cannot remember what they asked: a step ends with the change of role that it makes,
   * and the rules of the new role are asked at the next input only.
   */
  public static long wakeAt(Settings settings, State state) {
    var stop = state.progress().stop();
    if (stop != null && (stop.isDone() || stop.untilNanos() >= 0)) {
      return stop.isDone() ? Moment.NEVER : stop.untilNanos();
    }
    var decision = new Decision(settings, state, 0);
    var ofRole =
        switch (state.role()) {
          case STARTING, STANDBY, FAULT, MAINTENANCE -> StandbyRules.wakeAt(decision);
          case CLAIMING -> ClaimRules.wakeAt(decision);
          case ACTIVE -> ActiveRules.wakeAt(decision);
          case YIELDING -> YieldRules.wakeAt(decision);
        };
    var ofAllRoles = Math.min(HandoverRules.wakeAt(decision), ErrandRules.wakeAt(decision));
    return Math.min(ofRole, ofAllRoles);
  }

  /**
   * The heartbeat that tells the partner of this state.
   *
   * @param identity who says it
   * @param sequence above that of every heartbeat before
   */
  public static Heartbeat heartbeat(
      Settings settings, State state, Identity identity, long sequence, long nowNanos) {
    var isFit = state.isFit(nowNanos);
    return new Heartbeat(
        settings.node(),
        identity.bootId(),
        sequence,
        state.term(),
        state.role(),
        isFit,
        settings.priority(),
        hearsLinks(settings, state, nowNanos),
        flags(settings, state, nowNanos),
        identity.configDigest(),
        reason(state, isFit),
        state.evidence().position());
  }

  /**
   * What a heartbeat says of its sender beyond the state.
   *
   * @param bootId the incarnation
   * @param configDigest identifies its lvs.cf
   */
  public record Identity(long bootId, String configDigest) {}

  private static String reason(State state, boolean isFit) {
    if (!state.orders().refusal().isEmpty()) {
      return state.orders().refusal();
    }
    return isFit ? "" : state.unfitReason();
  }

  private static Set<Flag> flags(Settings settings, State state, long nowNanos) {
    var flags = EnumSet.noneOf(Flag.class);
    var orders = state.orders();
    raise(flags, Flag.LEAVING, state.isStopping());
    raise(flags, Flag.STOP, isStopping(state));
    raise(flags, Flag.OFFERS, orders.isOffering());
    raise(flags, Flag.REQUESTS, orders.isRequesting());
    raise(flags, Flag.FAILBACK, orders.isFailingBack());
    raise(flags, Flag.REFUSES, !orders.refusal().isEmpty());
    raise(flags, Flag.GRANTED, state.lease().isHeld(nowNanos));
    raise(flags, Flag.CUT_OFF, settings.policy().hasTargets() && state.evidence().isTargetLost());
    raise(flags, Flag.IN_SYNC, state.evidence().isInSync());
    raise(flags, Flag.HOLDING, state.active().hasFound());
    return flags;
  }

  private static void raise(Set<Flag> flags, Flag flag, boolean isFact) {
    if (isFact) {
      flags.add(flag);
    }
  }

  /** Whether this node has begun to acquire without the partner's word that it released. */
  private static boolean isStopping(State state) {
    var work = state.progress().pending();
    return state.role() == Role.CLAIMING
        && work != null
        && work.work() == Work.ACQUIRE
        && ClaimRules.BY_SILENCE.contains(state.cause());
  }

  private static int hearsLinks(Settings settings, State state, long nowNanos) {
    var bits = 0;
    var links = state.partner().links();
    for (var i = 0; i < links.size(); i++) {
      var heard = links.get(i).heardNanos();
      if (heard >= 0 && nowNanos - heard < settings.deadtimeNanos()) {
        bits |= 1 << i;
      }
    }
    return bits;
  }
}
