// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.State.Fitness;
import org.lvsdirector.pulse.failover.State.Pending;
import org.lvsdirector.pulse.failover.State.Retry;
import org.lvsdirector.pulse.failover.State.Stop;
import org.lvsdirector.pulse.failover.Transition.Fact;

/**
 * One step under way: a working copy of the state, with the verbs that all the rules share. It
 * lives within one call of {@link Failover#step}.
 *
 * <p>An input first changes what is known ({@link InputRules}), then {@link #settle} looks at the
 * whole state. So a condition that lasts is acted upon whatever input comes next.
 */
final class Decision {

  /** After a change to one of these the operator is told; the others are on the way. */
  private static final Set<Role> TOLD =
      EnumSet.of(Role.ACTIVE, Role.STANDBY, Role.FAULT, Role.MAINTENANCE);

  final Settings settings;
  final long now;

  Role role;
  long sinceNanos;
  Cause cause;
  long term;
  long seenTerm;
  Fitness fitness;
  Partner partner;
  long listenFromNanos;
  int openLinks;
  int triedLinks;
  @Nullable Pending pending;
  Retry retry;
  @Nullable Stop stop;
  ClaimEvidence evidence;
  ActiveState holding;
  WitnessLease lease;
  PendingOrders plans;

  private final List<Effect> effects = new ArrayList<>();
  private final List<Effect> notices = new ArrayList<>();
  private @Nullable Effect ending;
  private long nextEffectId;

  Decision(Settings settings, State state, long nowNanos) {
    this.settings = settings;
    this.now = nowNanos;
    role = state.role();
    sinceNanos = state.sinceNanos();
    cause = state.cause();
    term = state.term();
    seenTerm = state.seenTerm();
    fitness = state.fitness();
    partner = state.partner();
    listenFromNanos = state.listenFromNanos();
    openLinks = state.openLinks();
    triedLinks = state.triedLinks();
    pending = state.pending();
    retry = state.retry();
    stop = state.stop();
    evidence = state.evidence();
    holding = state.holding();
    lease = state.lease();
    plans = state.plans();
    nextEffectId = state.nextEffectId();
  }

  /** The answer: notices come after what they tell of, the end after all. */
  Step end() {
    effects.addAll(notices);
    if (ending != null) {
      effects.add(ending);
    }
    return new Step(state(), effects);
  }

  State state() {
    return new State(
        role,
        sinceNanos,
        cause,
        term,
        seenTerm,
        fitness,
        partner,
        listenFromNanos,
        openLinks,
        triedLinks,
        pending,
        retry,
        stop,
        evidence,
        holding,
        lease,
        plans,
        nextEffectId);
  }

  /** What follows from all that is known now. */
  void settle() {
    var roleBefore = role;
    HandoverRules.settle(this);
    switch (role) {
      case STARTING -> StandbyRules.starting(this);
      case STANDBY -> StandbyRules.standby(this);
      case CLAIMING -> ClaimRules.settle(this);
      case ACTIVE -> ActiveRules.settle(this);
      case YIELDING -> YieldRules.settle(this);
      case FAULT -> StandbyRules.fault(this);
      case MAINTENANCE -> StandbyRules.maintenance(this);
    }
    if (role != roleBefore) {
      HandoverRules.settle(this);
    }
    ActiveRules.syncAgain(this);
    storeAgain();
    if (seenTerm > term && isIdle()) {
      term = seenTerm;
      emit(new Effect.PersistTerm(nextId(), term, plans.isMaintained()));
    }
  }

  /** Whether this node neither holds the addresses nor is about to. */
  private boolean isIdle() {
    return switch (role) {
      case STARTING -> !holding.hasFound();
      case STANDBY, FAULT, MAINTENANCE -> true;
      case CLAIMING, ACTIVE, YIELDING -> false;
    };
  }

  // ---- verbs ---------------------------------------------------------------------------------

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

  void become(Role to, Cause why, List<Fact> facts) {
    become(to, why, facts, term);
  }

  void become(Role to, Cause why, List<Fact> facts, long shownTerm) {
    var change = new Transition(role, to, why, now, shownTerm, facts);
    emit(new Effect.Journal(change));
    if (TOLD.contains(to)) {
      notify(Notice.Kind.ROLE, change.toString());
    }
    role = to;
    cause = why;
    sinceNanos = now;
  }

  /**
   * Counts a failure; this node is unfit until the pause that failures in a row ask for is over.
   */
  void failed() {
    failed(settings.backoffNanos(retry.failures() + 1));
  }

  /** Counts a failure; this node is unfit for so long. */
  void failed(long pauseNanos) {
    retry = new Retry(retry.failures() + 1, now + pauseNanos);
  }

  /** Something has changed, so that what failed may succeed now. */
  void hopeAgain() {
    retry = Retry.NONE;
  }

  /** An operator keeps this node out, or does no longer; a restart does not change that. */
  void maintain(boolean isMaintained) {
    if (plans.isMaintained() != isMaintained) {
      plans = plans.maintained(isMaintained);
      store();
    }
  }

  private void store() {
    var id = nextId();
    emit(new Effect.PersistTerm(id, term, plans.isMaintained()));
    plans = plans.storing(plans.storing().tried(id));
  }

  private void storeAgain() {
    if (now >= plans.storing().againAtNanos()) {
      store();
    }
  }

  // ---- words ---------------------------------------------------------------------------------

  boolean isFit() {
    return fitness.isFit() && now >= retry.atNanos() && !holding.renewal().hasFailed();
  }

  Role restingRole() {
    if (plans.isMaintained()) {
      return Role.MAINTENANCE;
    }
    return isFit() || !fitness.isKnown() ? Role.STANDBY : Role.FAULT;
  }

  boolean isPartnerAlive() {
    return partner.isAlive(now, settings.deadtimeNanos());
  }

  /** Whether a living partner says one of these roles. */
  boolean partnerIs(Role first, Role second) {
    return partner.says(first, second) && isPartnerAlive();
  }

  boolean partnerIs(Role only) {
    return partnerIs(only, only);
  }

  /** Whether the partner's newest heartbeat has this flag. */
  boolean partnerHas(Heartbeat.Flag flag) {
    var word = partner.last();
    return word != null && word.has(flag);
  }

  /** Whether the partner is there, standby and able to serve. */
  boolean canPartnerTakeOver() {
    var word = partner.last();
    return word != null
        && partnerIs(Role.STANDBY)
        && word.isFit()
        && !word.isLeaving()
        && !word.has(Heartbeat.Flag.CUT_OFF);
  }

  List<Fact> reasonFacts() {
    return List.of(new Fact("reason", fitness.reason()));
  }

  List<Fact> tookFacts() {
    return List.of(new Fact("took", Transition.millis(now - sinceNanos)));
  }

  List<Fact> partnerFacts() {
    var word = partner.last();
    return word == null
        ? List.of()
        : List.of(
            new Fact("partner", word.role().name()),
            new Fact("partner-fit", word.isFit() ? "yes" : "no"),
            new Fact("partner-term", Long.toString(word.term())));
  }

  List<Fact> retryFacts(String reason) {
    return List.of(
        new Fact("reason", reason), new Fact("retry-in", Transition.millis(retry.atNanos() - now)));
  }
}
