package org.lvsdirector.pulse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.State.Fitness;
import org.lvsdirector.pulse.State.Pending;
import org.lvsdirector.pulse.State.Retry;
import org.lvsdirector.pulse.State.Stop;
import org.lvsdirector.pulse.State.Work;
import org.lvsdirector.pulse.Transition.Fact;

/**
 * One step under way: a working copy of the state. It lives within one call of {@link
 * Failover#step}.
 *
 * <p>An input first changes what is known, then {@link #settle} looks at the whole state. So a
 * condition that lasts is acted upon whatever input comes next.
 */
final class Turn {

  private final Settings settings;
  private final long now;
  private final List<Effect> effects = new ArrayList<>();

  private Role role;
  private long sinceNanos;
  private Cause cause;
  private long term;
  private long seenTerm;
  private Fitness fitness;
  private Partner partner;
  private long listenFromNanos;
  private int openLinks;
  private int triedLinks;
  private @Nullable Pending pending;
  private Retry retry;
  private @Nullable Stop stop;
  private long nextEffectId;

  Turn(Settings settings, State state, long nowNanos) {
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
    nextEffectId = state.nextEffectId();
  }

  Step end() {
    return new Step(state(), effects);
  }

  private State state() {
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
        nextEffectId);
  }

  // ---- inputs: what is known -----------------------------------------------------------------

  void take(Input input) {
    switch (input) {
      case Input.Started started -> start(started.term());
      case Input.Wake _ -> {}
      case Input.Heard heard -> hear(heard.link(), heard.heartbeat());
      case Input.LinkChanged changed -> changeLink(1 << changed.link(), changed.isOpen());
      case Input.FitnessChanged changed ->
          changeFitness(new Fitness(true, changed.isFit(), changed.reason()));
      case Input.EffectDone done -> answered(done.id(), null);
      case Input.EffectFailed failed -> answered(failed.id(), failed.reason());
      case Input.Stalled stalled -> stalled(stalled.forNanos());
      case Input.StopRequested requested -> requestStop(requested.isReleasing());
    }
    settle();
  }

  private void start(long persistedTerm) {
    term = Math.max(term, persistedTerm);
    seenTerm = term;
    sinceNanos = now;
    listenFromNanos = now;
    effects.add(new Effect.HeartbeatNow());
  }

  private void hear(int link, Heartbeat heartbeat) {
    if (!settings.isPaired()
        || heartbeat.node() != settings.node().partner()
        || link < 0
        || link >= settings.links().size()) {
      return;
    }
    var before = partner.last();
    partner = partner.hear(link, heartbeat, now);
    if (!heartbeat.equals(partner.last())) {
      return;
    }
    seenTerm = Math.max(seenTerm, heartbeat.term());
    if (role == Role.ACTIVE && (before == null || isNews(before, heartbeat))) {
      answerRival(before, heartbeat);
    }
  }

  private static boolean isNews(Heartbeat before, Heartbeat heartbeat) {
    return before.bootId() != heartbeat.bootId()
        || before.role() != heartbeat.role()
        || before.term() != heartbeat.term()
        || before.isFit() != heartbeat.isFit();
  }

  /** An active node tells a rival at once, and announces again what the rival has announced. */
  private void answerRival(@Nullable Heartbeat before, Heartbeat heartbeat) {
    var wasActive =
        before != null && (before.role() == Role.ACTIVE || before.role() == Role.YIELDING);
    if (wasActive && heartbeat.role() != Role.ACTIVE) {
      effects.add(new Effect.Announce(nextEffectId++));
    }
    if (heartbeat.role() == Role.CLAIMING) {
      effects.add(new Effect.HeartbeatNow());
    }
    if (heartbeat.role() == Role.ACTIVE && rivalsRight() == null) {
      effects.add(new Effect.Announce(nextEffectId++));
      effects.add(new Effect.HeartbeatNow());
    }
  }

  /**
   * A link that opens for the first time, or as the only one, may bring a partner that was never
   * silent. A link that comes and goes beside another must not put a takeover off for ever.
   */
  private void changeLink(int bit, boolean isOpen) {
    if (isOpen && (openLinks == 0 || (triedLinks & bit) == 0)) {
      listenFromNanos = now;
    }
    openLinks = isOpen ? openLinks | bit : openLinks & ~bit;
    triedLinks |= openLinks;
  }

  private void changeFitness(Fitness reported) {
    if (reported.isFit() != fitness.isFit()) {
      effects.add(new Effect.HeartbeatNow());
    }
    fitness = reported;
  }

  /** Time that this process slept is nobody's silence. */
  private void stalled(long forNanos) {
    var silentFrom = Math.max(partner.heardNanos(), listenFromNanos);
    listenFromNanos =
        forNanos >= settings.deadtimeNanos() ? now : Math.min(now, silentFrom + forNanos);
    effects.add(new Effect.HeartbeatNow());
    if (role == Role.CLAIMING && forNanos >= settings.deadtimeNanos()) {
      giveUp(Cause.STALLED, List.of(new Fact("for", millis(forNanos))));
    }
  }

  private void requestStop(boolean isReleasing) {
    if (stop != null) {
      stop = new Stop(stop.isReleasing() || isReleasing, stop.untilNanos(), false);
      return;
    }
    stop = new Stop(isReleasing, -1, false);
    if (role == Role.YIELDING && pending != null) {
      pending = new Pending(pending.id(), pending.work(), workDeadline(), pending.term());
    }
  }

  private void answered(long id, @Nullable String failure) {
    var work = pending;
    if (work == null || work.id() != id) {
      return;
    }
    switch (work.work()) {
      case PERSIST -> acquire(work.term());
      case ACQUIRE -> acquired(failure);
      case RELEASE -> released(failure);
    }
  }

  // ---- what follows --------------------------------------------------------------------------

  private void settle() {
    switch (role) {
      case STARTING -> settleStarting();
      case STANDBY -> settleStandby();
      case CLAIMING -> settleClaiming();
      case ACTIVE -> settleActive();
      case YIELDING -> settleYielding();
      case FAULT -> settleFault();
      case MAINTENANCE -> settleIdle();
    }
    if (role != Role.ACTIVE && role != Role.CLAIMING && role != Role.YIELDING) {
      adoptTerm();
    }
  }

  private void adoptTerm() {
    if (seenTerm > term) {
      term = seenTerm;
      effects.add(new Effect.PersistTerm(nextEffectId++, term));
    }
  }

  private void settleStarting() {
    if (stop != null) {
      settleIdle();
    } else if (isPartnerAlive() && partner.says(Role.ACTIVE, Role.CLAIMING)) {
      become(Role.STANDBY, Cause.PARTNER_ACTIVE, partnerFacts());
      effects.add(new Effect.HeartbeatNow());
      settleStandby();
    } else if (fitness.isKnown() && isListened()) {
      listened();
    }
  }

  private boolean isListened() {
    return !settings.isPaired()
        || (openLinks != 0 && now >= listenFromNanos + settings.deadtimeNanos());
  }

  private void listened() {
    if (!fitness.isFit()) {
      become(Role.FAULT, Cause.UNFIT, List.of(new Fact("reason", fitness.reason())));
      effects.add(new Effect.HeartbeatNow());
      return;
    }
    if (!claimIfDue()) {
      become(Role.STANDBY, Cause.LISTENED, partnerFacts());
      effects.add(new Effect.HeartbeatNow());
    }
  }

  private void settleStandby() {
    if (stop != null) {
      settleIdle();
    } else if (fitness.isKnown() && !fitness.isFit()) {
      become(Role.FAULT, Cause.UNFIT, List.of(new Fact("reason", fitness.reason())));
      effects.add(new Effect.HeartbeatNow());
    } else {
      claimIfDue();
    }
  }

  private void settleFault() {
    if (stop != null) {
      settleIdle();
    } else if (fitness.isFit() && now >= retry.atNanos()) {
      var isRetry = retry.failures() > 0;
      become(Role.STANDBY, isRetry ? Cause.RETRY : Cause.FIT, List.of());
      effects.add(new Effect.HeartbeatNow());
      claimIfDue();
    }
  }

  /** Holding nothing: a stop needs no more than a farewell, and a while for the partner to act. */
  private void settleIdle() {
    var leaving = stop;
    if (leaving == null) {
      return;
    }
    if (leaving.untilNanos() < 0) {
      leaving = new Stop(leaving.isReleasing(), now, false);
      effects.add(new Effect.HeartbeatNow());
    }
    var isOver = now >= leaving.untilNanos() || partner.says(Role.ACTIVE, Role.CLAIMING);
    stop = new Stop(leaving.isReleasing(), leaving.untilNanos(), isOver);
    if (isOver) {
      effects.add(new Effect.Stopped(true));
    }
  }

  private boolean claimIfDue() {
    var claim = Claim.earliest(settings, state());
    if (now < claim.atNanos()) {
      return false;
    }
    become(Role.CLAIMING, claim.cause(), claimFacts(claim.cause()));
    var claimTerm = Math.max(term, seenTerm) + 1;
    seenTerm = claimTerm;
    var id = nextEffectId++;
    pending = new Pending(id, Work.PERSIST, now + settings.persistTimeoutNanos(), claimTerm);
    effects.add(new Effect.PersistTerm(id, claimTerm));
    effects.add(new Effect.HeartbeatNow());
    return true;
  }

  private void settleClaiming() {
    var work = Objects.requireNonNull(pending, "a claim has work under way");
    var right = isPartnerAlive() && partner.says(Role.CLAIMING) ? rivalsRight() : null;
    if (stop != null) {
      giveUp(Cause.STOP_REQUESTED, List.of());
    } else if (!fitness.isFit()) {
      giveUp(Cause.UNFIT, List.of(new Fact("reason", fitness.reason())));
    } else if (isPartnerAlive() && partner.says(Role.ACTIVE)) {
      giveUp(Cause.PARTNER_ACTIVE, partnerFacts());
    } else if (right != null) {
      giveUp(right, partnerFacts());
    } else if (now >= work.deadlineNanos()) {
      overdue(work);
    }
  }

  private void overdue(Pending work) {
    if (work.work() == Work.PERSIST) {
      acquire(work.term());
    } else {
      failed();
      giveUp(Cause.ACQUIRE_TIMEOUT, retryFacts("no answer"));
    }
  }

  private void acquire(long claimTerm) {
    term = claimTerm;
    var id = nextEffectId++;
    pending = new Pending(id, Work.ACQUIRE, workDeadline(), claimTerm);
    effects.add(new Effect.Acquire(id));
    effects.add(new Effect.HeartbeatNow());
  }

  private void acquired(@Nullable String failure) {
    if (failure != null) {
      failed();
      giveUp(Cause.ACQUIRE_FAILED, retryFacts(failure));
      return;
    }
    pending = null;
    retry = Retry.NONE;
    become(Role.ACTIVE, Cause.ACQUIRED, List.of(new Fact("took", millis(now - sinceNanos))));
    effects.add(new Effect.Announce(nextEffectId++));
    effects.add(new Effect.HeartbeatNow());
  }

  private void settleActive() {
    var canHandOver = canPartnerTakeOver();
    var right = isPartnerAlive() && partner.says(Role.ACTIVE) ? rivalsRight() : null;
    if (stop != null) {
      stopActive(stop, canHandOver);
    } else if (right != null) {
      giveUp(right, partnerFacts());
    } else if (!fitness.isFit() && canHandOver) {
      giveUp(Cause.UNFIT, List.of(new Fact("reason", fitness.reason())));
    }
  }

  private void stopActive(Stop asked, boolean canHandOver) {
    if (canHandOver || asked.isReleasing()) {
      giveUp(Cause.STOP_REQUESTED, partnerFacts());
    } else {
      stop = new Stop(false, now, true);
      effects.add(new Effect.Stopped(false));
    }
  }

  /** Leaves CLAIMING or ACTIVE; releases unless nothing was acquired yet. */
  private void giveUp(Cause why, List<Fact> facts) {
    if (role == Role.CLAIMING && pending != null && pending.work() == Work.PERSIST) {
      pending = null;
      become(restingRole(), why, facts);
      effects.add(new Effect.HeartbeatNow());
      if (stop != null) {
        settleIdle();
      }
      return;
    }
    become(Role.YIELDING, why, facts);
    release();
  }

  private void release() {
    var id = nextEffectId++;
    pending = new Pending(id, Work.RELEASE, stop != null ? workDeadline() : Long.MAX_VALUE, term);
    effects.add(new Effect.Release(id));
    effects.add(new Effect.HeartbeatNow());
  }

  private void released(@Nullable String failure) {
    pending = null;
    if (failure != null) {
      failed();
      return;
    }
    become(restingRole(), Cause.RELEASED, List.of(new Fact("took", millis(now - sinceNanos))));
    effects.add(new Effect.HeartbeatNow());
    if (stop != null) {
      var linger = isPartnerAlive() ? settings.lingerNanos() : 0;
      stop = new Stop(stop.isReleasing(), now + linger, false);
    }
  }

  private void settleYielding() {
    var work = pending;
    if (stop != null && (work == null || now >= work.deadlineNanos())) {
      stop = new Stop(stop.isReleasing(), now, true);
      effects.add(new Effect.Stopped(false));
    } else if (work == null && now >= retry.atNanos()) {
      release();
    }
  }

  // ---- words -----------------------------------------------------------------------------------

  private void become(Role to, Cause why, List<Fact> facts) {
    var shownTerm = to == Role.CLAIMING ? Math.max(term, seenTerm) + 1 : term;
    effects.add(new Effect.Journal(new Transition(role, to, why, now, shownTerm, facts)));
    role = to;
    cause = why;
    sinceNanos = now;
  }

  private Role restingRole() {
    return state().isFit(now) ? Role.STANDBY : Role.FAULT;
  }

  private void failed() {
    var failures = retry.failures() + 1;
    retry = new Retry(failures, now + settings.backoffNanos(failures));
  }

  private long workDeadline() {
    return now + settings.acquireTimeoutNanos();
  }

  private boolean isPartnerAlive() {
    return partner.isAlive(now, settings.deadtimeNanos());
  }

  private boolean canPartnerTakeOver() {
    var word = partner.last();
    return word != null
        && isPartnerAlive()
        && word.role() == Role.STANDBY
        && word.isFit()
        && !word.isLeaving();
  }

  /** Why the partner goes before this node; null when this node goes first. */
  private @Nullable Cause rivalsRight() {
    var rival = Objects.requireNonNull(partner.last(), "a rival was heard");
    if (rival.isFit() != state().isFit(now)) {
      return rival.isFit() ? Cause.OUTRANKED_BY_FITNESS : null;
    }
    if (rival.term() != term) {
      return rival.term() > term ? Cause.OUTRANKED_BY_TERM : null;
    }
    return settings.node() == Node.BACKUP ? Cause.OUTRANKED_BY_CONFIGURATION : null;
  }

  private List<Fact> claimFacts(Cause why) {
    if (why != Cause.PARTNER_SILENT && why != Cause.PARTNER_ABSENT) {
      return partnerFacts();
    }
    var silentFrom = Math.max(partner.heardNanos(), listenFromNanos);
    return List.of(
        new Fact("for", millis(now - silentFrom)),
        new Fact("links", String.join(",", settings.links())));
  }

  private List<Fact> partnerFacts() {
    var word = partner.last();
    return word == null
        ? List.of()
        : List.of(
            new Fact("partner", word.role().name()),
            new Fact("partner-fit", word.isFit() ? "yes" : "no"),
            new Fact("partner-term", Long.toString(word.term())));
  }

  private List<Fact> retryFacts(String reason) {
    return List.of(new Fact("reason", reason), new Fact("retry-in", millis(retry.atNanos() - now)));
  }

  private static String millis(long nanos) {
    return nanos / 1_000_000 + "ms";
  }
}
