// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Progress.Pending;
import org.lvsdirector.pulse.failover.Progress.Retry;
import org.lvsdirector.pulse.failover.Progress.Stop;
import org.lvsdirector.pulse.failover.State.Fitness;
import org.lvsdirector.pulse.failover.Transition.Fact;

/**
 * One step under way: a working copy of the state, with the verbs that all the rules share. It
 * lives within one call of {@link Failover#step}.
 *
 * <p>Every rule reads all of it; each group of the state is written by the few rules that own it.
 */
final class Decision {

  /** After a change to one of these the operator is told; the others are on the way. */
  private static final Set<Role> TOLD =
      EnumSet.of(Role.ACTIVE, Role.STANDBY, Role.FAULT, Role.MAINTENANCE);

  final Settings settings;
  final long now;

  private Standing standing;
  private Hearing hearing;
  private Progress progress;
  private Fitness fitness;
  private ClaimEvidence evidence;
  private ActiveState active;
  private WitnessLease lease;
  private PendingOrders orders;

  private final List<Effect> effects = new ArrayList<>();
  private final List<Effect> notices = new ArrayList<>();
  private @Nullable Effect ending;
  private long nextEffectId;

  Decision(Settings settings, State state, long nowNanos) {
    this.settings = settings;
    this.now = nowNanos;
    standing = state.standing();
    hearing = state.hearing();
    progress = state.progress();
    fitness = state.fitness();
    evidence = state.evidence();
    active = state.active();
    lease = state.lease();
    orders = state.orders();
    nextEffectId = state.nextEffectId();
  }

  /** The answer: notices come after what they tell of, the end after all. */
  Step end() {
    effects.addAll(notices);
    if (ending != null) {
      effects.add(ending);
    }
    var next =
        new State(
            standing, hearing, progress, fitness, evidence, active, lease, orders, nextEffectId);
    return new Step(next, effects);
  }

  // What every rule reads.

  Policy policy() {
    return settings.policy();
  }

  Standing standing() {
    return standing;
  }

  Role role() {
    return standing.role();
  }

  Cause cause() {
    return standing.cause();
  }

  long term() {
    return standing.term();
  }

  Hearing hearing() {
    return hearing;
  }

  Partner partner() {
    return hearing.partner();
  }

  Progress progress() {
    return progress;
  }

  @Nullable Pending pending() {
    return progress.pending();
  }

  Retry retry() {
    return progress.retry();
  }

  @Nullable Stop stop() {
    return progress.stop();
  }

  Fitness fitness() {
    return fitness;
  }

  ClaimEvidence evidence() {
    return evidence;
  }

  ActiveState active() {
    return active;
  }

  WitnessLease lease() {
    return lease;
  }

  PendingOrders orders() {
    return orders;
  }

  // What only its owners write; a rule in tests/architecture names them.

  void standing(Standing next) {
    standing = next;
  }

  void hearing(Hearing next) {
    hearing = next;
  }

  void pending(@Nullable Pending next) {
    progress = progress.pending(next);
  }

  void stop(Stop next) {
    progress = progress.stop(next);
  }

  void fitness(Fitness next) {
    fitness = next;
  }

  void evidence(ClaimEvidence next) {
    evidence = next;
  }

  void active(ActiveState next) {
    active = next;
  }

  void lease(WitnessLease next) {
    lease = next;
  }

  void orders(PendingOrders next) {
    orders = next;
  }

  // What every rule does.

  void emit(Effect effect) {
    effects.add(effect);
  }

  void notify(Notice.Kind kind, String text) {
    notices.add(new Effect.Notify(new Notice(kind, text)));
  }

  /** The loop ends after everything else of this step. */
  void finish(boolean isReleased) {
    ending = new Effect.Stopped(isReleased);
  }

  long nextId() {
    return nextEffectId++;
  }

  /** Takes a role in which nothing is held, and says so. */
  void rest(Role to, Cause why, List<Fact> facts) {
    become(to, why, facts);
    emit(new Effect.HeartbeatNow());
  }

  void become(Role to, Cause why, List<Fact> facts) {
    become(to, why, facts, term());
  }

  void become(Role to, Cause why, List<Fact> facts, long shownTerm) {
    var change = new Transition(role(), to, why, now, shownTerm, facts);
    emit(new Effect.Journal(change));
    if (TOLD.contains(to)) {
      notify(Notice.Kind.ROLE, change.toString());
    }
    standing = standing.become(to, now, why);
  }

  /**
   * Counts a failure; this node is unfit until the pause that failures in a row ask for is over.
   */
  void failed(String failure) {
    failed(failure, settings.backoffNanos(retry().failures() + 1));
  }

  /** Counts a failure; this node is unfit for so long. */
  void failed(String failure, long pauseNanos) {
    progress = progress.retry(new Retry(retry().failures() + 1, now + pauseNanos, failure));
  }

  /** Something has changed, so that what failed may succeed now. */
  void hopeAgain() {
    progress = progress.retry(Retry.NONE);
  }

  // What every rule asks.

  /** Whether this time has come. Whoever asks says in its {@code wakeAt} when it will. */
  boolean isDue(long atNanos) {
    return now >= atNanos;
  }

  boolean isFit() {
    return fitness.isFit() && isDue(retry().atNanos()) && !active.renewal().hasFailed();
  }

  Role restingRole() {
    if (orders.isMaintained()) {
      return Role.MAINTENANCE;
    }
    return isFit() || !fitness.isKnown() ? Role.STANDBY : Role.FAULT;
  }

  boolean isPartnerAlive() {
    return partner().isAlive(now, settings.deadtimeNanos());
  }

  /** Whether a living partner says one of these roles. */
  boolean partnerIs(Role first, Role second) {
    return partner().says(first, second) && isPartnerAlive();
  }

  boolean partnerIs(Role only) {
    return partnerIs(only, only);
  }

  /** Whether the partner's newest heartbeat has this flag. */
  boolean partnerHas(Heartbeat.Flag flag) {
    var heartbeat = partner().last();
    return heartbeat != null && heartbeat.has(flag);
  }

  /** Whether the partner is there, standby and able to serve. */
  boolean canPartnerTakeOver() {
    var heartbeat = partner().last();
    return heartbeat != null
        && partnerIs(Role.STANDBY)
        && heartbeat.isFit()
        && !heartbeat.isLeaving()
        && !heartbeat.has(Heartbeat.Flag.CUT_OFF);
  }

  List<Fact> reasonFacts() {
    return List.of(new Fact("reason", fitness.reason()));
  }

  List<Fact> tookFacts() {
    return List.of(new Fact("took", Transition.millis(now - standing.sinceNanos())));
  }

  List<Fact> partnerFacts() {
    var heartbeat = partner().last();
    return heartbeat == null
        ? List.of()
        : List.of(
            new Fact("partner", heartbeat.role().name()),
            new Fact("partner-fit", heartbeat.isFit() ? "yes" : "no"),
            new Fact("partner-term", Long.toString(heartbeat.term())));
  }

  List<Fact> retryFacts(String reason) {
    return List.of(
        new Fact("reason", reason),
        new Fact("retry-in", Transition.millis(retry().atNanos() - now)));
  }

  /** When the partner will have been silent for deadtime; {@link Moment#NEVER} if never heard. */
  long silentAtNanos() {
    var heard = partner().heardNanos();
    return heard < 0 ? Moment.NEVER : heard + settings.deadtimeNanos();
  }

  /** Until when an acquisition or a release that begins now may take. */
  long workDeadlineNanos() {
    return now + settings.acquireTimeoutNanos();
  }
}
