// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.State.Fitness;
import org.lvsdirector.pulse.failover.State.Pending;
import org.lvsdirector.pulse.failover.State.Stop;
import org.lvsdirector.pulse.failover.State.Work;
import org.lvsdirector.pulse.failover.Transition.Fact;

/** What an input changes in what is known; what follows is decided afterwards. */
final class InputRules {

  private InputRules() {}

  static void take(Decision turn, Input input) {
    switch (input) {
      case Input.Started started -> start(turn, started);
      case Input.Wake _ -> {}
      case Input.Heard heard -> hear(turn, heard.link(), heard.heartbeat());
      case Input.FitnessChanged changed ->
          changeFitness(turn, new Fitness(true, changed.isFit(), changed.reason()));
      case Input.EffectDone done -> OutcomeRules.done(turn, done.id());
      case Input.EffectFailed failed -> OutcomeRules.failed(turn, failed.id(), failed.reason());
      case Input.Stalled stalled -> stalled(turn, stalled.forNanos());
      case Input.StopRequested requested -> requestStop(turn, requested.isReleasing());
      case Input.ConfigLoaded loaded -> loadConfig(turn, loaded.digest());
      case Input.AddressesChanged changed -> {
        loadConfig(turn, changed.digest());
        RenewalRules.changed(turn);
      }
      case Input.LinkChanged changed -> changeLink(turn, changed);
      case Input.TargetsChanged changed -> changeTargets(turn, changed.isReached());
      case Input.Probed probed -> OutcomeRules.probed(turn, probed.id(), probed.isForeign());
      case Input.ForeignAnnounced _ -> announced(turn);
      case Input.WitnessAnswered answer -> OutcomeRules.witness(turn, answer);
      case Input.SyncReported report ->
          turn.evidence = turn.evidence.sync(report.position(), report.isInSync());
      case Input.StopAsked asked -> ActiveRules.stopAsked(turn, asked.term());
      case Input.Ordered ordered -> HandoverRules.order(turn, ordered.orderId(), ordered.order());
    }
  }

  private static void start(Decision turn, Input.Started started) {
    turn.term = Math.max(turn.term, started.term());
    turn.seenTerm = turn.term;
    turn.sinceNanos = turn.now;
    turn.listenFromNanos = turn.now;
    turn.holding = turn.holding.found(started.hasFound());
    if (turn.role == Role.STARTING) {
      turn.plans = turn.plans.maintained(started.isMaintained());
    }
    ActiveRules.syncAs(turn, started.hasFound());
    turn.emit(new Effect.HeartbeatNow());
  }

  private static void loadConfig(Decision turn, String digest) {
    if (!digest.equals(turn.evidence.configDigest())) {
      turn.hopeAgain();
    }
    turn.evidence = turn.evidence.digest(digest);
    var word = turn.partner.last();
    if (word != null) {
      compareConfig(turn, word);
    }
  }

  private static void compareConfig(Decision turn, Heartbeat word) {
    var own = turn.evidence.configDigest();
    if (turn.evidence.differsFrom(word.configDigest())) {
      turn.notify(
          Notice.Kind.CONFIG_MISMATCH,
          "lvs.cf here " + own + ", at the partner " + word.configDigest());
    }
  }

  private static void hear(Decision turn, int link, Heartbeat heartbeat) {
    if (!turn.settings.isPaired()
        || heartbeat.node() != turn.settings.node().partner()
        || link < 0
        || link >= turn.settings.links().size()) {
      return;
    }
    var before = turn.partner.last();
    turn.partner = turn.partner.hear(link, heartbeat, turn.now, turn.settings.incarnationNanos());
    if (!heartbeat.equals(turn.partner.last()) || heartbeat.equals(before)) {
      return;
    }
    turn.seenTerm = Math.max(turn.seenTerm, heartbeat.term());
    if (turn.evidence.doubts() > 0) {
      turn.evidence = turn.evidence.doubt(0, 0);
    }
    if (before == null || isNews(before, heartbeat)) {
      news(turn, before, heartbeat);
    }
  }

  private static boolean isNews(Heartbeat before, Heartbeat heartbeat) {
    return before.bootId() != heartbeat.bootId()
        || before.role() != heartbeat.role()
        || before.term() != heartbeat.term()
        || before.isFit() != heartbeat.isFit()
        || !before.configDigest().equals(heartbeat.configDigest());
  }

  private static void news(Decision turn, @Nullable Heartbeat before, Heartbeat heartbeat) {
    if (before == null || !before.configDigest().equals(heartbeat.configDigest())) {
      compareConfig(turn, heartbeat);
    }
    if (turn.role == Role.ACTIVE) {
      answerRival(turn, before, heartbeat);
    }
  }

  /** An active node tells a rival at once, and announces again what the rival has announced. */
  private static void answerRival(Decision turn, @Nullable Heartbeat before, Heartbeat heartbeat) {
    var roleBefore = before == null ? null : before.role();
    var hadAnnounced = roleBefore == Role.ACTIVE || roleBefore == Role.YIELDING;
    if (hadAnnounced && heartbeat.role() != Role.ACTIVE) {
      ActiveRules.announce(turn);
      if (isRivalry(turn, before)) {
        turn.notify(Notice.Kind.STILL_ACTIVE, "the partner is " + heartbeat.role());
      }
    }
    if (heartbeat.role() == Role.CLAIMING) {
      turn.emit(new Effect.HeartbeatNow());
    }
    if (heartbeat.role() == Role.ACTIVE
        && !turn.plans.isOffering()
        && RivalRules.right(turn) == null) {
      ActiveRules.announce(turn);
      turn.emit(new Effect.HeartbeatNow());
    }
  }

  /** Whether the partner was active at the same time, and not because of a planned handover. */
  private static boolean isRivalry(Decision turn, @Nullable Heartbeat before) {
    return before != null
        && before.role() == Role.ACTIVE
        && !before.has(Flag.OFFERS)
        && turn.partner.activeAtNanos() >= turn.sinceNanos;
  }

  private static void changeFitness(Decision turn, Fitness reported) {
    if (reported.isFit() != turn.fitness.isFit()) {
      turn.emit(new Effect.HeartbeatNow());
    }
    if (reported.isFit() && !turn.fitness.isFit()) {
      turn.hopeAgain();
    }
    turn.fitness = reported;
  }

  /**
   * A link that opens for the first time, or as the only one, may bring a partner that was never
   * silent. A link that comes and goes beside another must not put a takeover off for ever.
   */
  private static void changeLink(Decision turn, Input.LinkChanged changed) {
    if (changed.link() < 0 || changed.link() >= turn.settings.links().size()) {
      return;
    }
    var bit = 1 << changed.link();
    if (changed.isOpen() && (turn.openLinks == 0 || (turn.triedLinks & bit) == 0)) {
      turn.listenFromNanos = turn.now;
    }
    if (changed.isOpen() && (turn.openLinks & bit) == 0) {
      linkOpened(turn);
    }
    turn.openLinks = changed.isOpen() ? turn.openLinks | bit : turn.openLinks & ~bit;
    turn.triedLinks |= turn.openLinks;
  }

  /** What failed may succeed now, and the switch behind the link may have forgotten this node. */
  private static void linkOpened(Decision turn) {
    turn.hopeAgain();
    if (turn.role == Role.ACTIVE && turn.holding.recheckAtNanos() == Long.MAX_VALUE) {
      turn.holding = turn.holding.recheckAt(turn.now + turn.settings.recheckNanos());
    }
  }

  private static void changeTargets(Decision turn, boolean isReached) {
    if (isReached == turn.evidence.isTargetLost()) {
      turn.evidence =
          isReached
              ? turn.evidence.targetsReached().doubt(0, 0)
              : turn.evidence.targetsLost(turn.now);
      turn.emit(new Effect.HeartbeatNow());
    }
  }

  private static void announced(Decision turn) {
    turn.evidence = turn.evidence.announced(turn.now);
    if (turn.role == Role.ACTIVE) {
      ActiveRules.foreignAnnounced(turn);
    }
  }

  /** Time that this process slept is nobody's silence. */
  private static void stalled(Decision turn, long forNanos) {
    var silentFrom = Math.max(turn.partner.heardNanos(), turn.listenFromNanos);
    var isLong = forNanos >= turn.settings.deadtimeNanos();
    turn.listenFromNanos = isLong ? turn.now : Math.min(turn.now, silentFrom + forNanos);
    turn.emit(new Effect.HeartbeatNow());
    if (isLong && turn.role == Role.CLAIMING) {
      ClaimRules.giveUp(turn, Cause.STALLED, List.of(new Fact("for", Transition.millis(forNanos))));
    } else if (isLong && turn.role == Role.ACTIVE) {
      turn.holding = turn.holding.recheckAt(turn.now + turn.settings.recheckNanos());
    }
  }

  private static void requestStop(Decision turn, boolean isReleasing) {
    var stop = turn.stop;
    if (stop != null) {
      turn.stop =
          new Stop(stop.isReleasing() || isReleasing, stop.untilNanos(), false, stop.hasOffered());
      return;
    }
    turn.stop = new Stop(isReleasing, -1, false, false);
    var work = turn.pending;
    if (work != null && work.work() == Work.RELEASE) {
      turn.pending =
          new Pending(work.id(), work.work(), YieldRules.workDeadline(turn), work.term());
    }
  }

  /** Whether a partner that has just started will resume what it still holds. */
  static boolean isResuming(Heartbeat word) {
    return word.role() == Role.STARTING && word.has(Flag.HOLDING);
  }
}
