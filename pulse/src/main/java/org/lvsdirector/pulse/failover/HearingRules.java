// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Transition.Fact;

/** What the partner says, what its silence is worth, and what is answered at once. */
final class HearingRules {

  private HearingRules() {}

  /** Whatever was heard, or not heard, before now is no evidence. */
  static void listenAnew(Decision decision) {
    decision.hearing(decision.hearing().listenFrom(decision.now));
  }

  static void compareConfig(Decision decision, Heartbeat heartbeat) {
    var own = decision.evidence().configDigest();
    if (decision.evidence().differsFrom(heartbeat.configDigest())) {
      decision.notify(
          Notice.Kind.CONFIG_MISMATCH,
          "lvs.cf here " + own + ", at the partner " + heartbeat.configDigest());
    }
  }

  static void hear(Decision decision, int link, Heartbeat heartbeat) {
    if (!decision.settings.isPaired()
        || heartbeat.node() != decision.settings.node().partner()
        || link < 0
        || link >= decision.settings.links().size()) {
      return;
    }
    var before = decision.partner().last();
    var partner = decision.partner().hear(link, heartbeat, decision.now, decision.settings);
    decision.hearing(decision.hearing().partner(partner));
    if (!heartbeat.equals(partner.last()) || heartbeat.equals(before)) {
      return;
    }
    decision.standing(decision.standing().seen(heartbeat.term()));
    if (decision.evidence().doubts() > 0) {
      decision.evidence(decision.evidence().doubt(0, 0));
    }
    if (before == null || isNews(before, heartbeat)) {
      news(decision, before, heartbeat);
    }
  }

  private static boolean isNews(Heartbeat before, Heartbeat heartbeat) {
    return before.bootId() != heartbeat.bootId()
        || before.role() != heartbeat.role()
        || before.term() != heartbeat.term()
        || before.isFit() != heartbeat.isFit()
        || !before.configDigest().equals(heartbeat.configDigest());
  }

  private static void news(Decision decision, @Nullable Heartbeat before, Heartbeat heartbeat) {
    if (before == null || !before.configDigest().equals(heartbeat.configDigest())) {
      compareConfig(decision, heartbeat);
    }
    if (decision.role() == Role.ACTIVE) {
      answerRival(decision, before, heartbeat);
    }
  }

  /** An active node tells a rival at once, and announces again what the rival has announced. */
  private static void answerRival(
      Decision decision, @Nullable Heartbeat before, Heartbeat heartbeat) {
    var roleBefore = before == null ? null : before.role();
    var hadAnnounced = roleBefore == Role.ACTIVE || roleBefore == Role.YIELDING;
    if (hadAnnounced && heartbeat.role() != Role.ACTIVE) {
      ErrandRules.announce(decision);
      if (isRivalry(decision, before)) {
        decision.notify(Notice.Kind.STILL_ACTIVE, "the partner is " + heartbeat.role());
      }
    }
    if (heartbeat.role() == Role.CLAIMING) {
      decision.emit(new Effect.HeartbeatNow());
    }
    if (heartbeat.role() == Role.ACTIVE
        && !decision.orders().isOffering()
        && RivalRules.right(decision) == null) {
      ErrandRules.announce(decision);
      decision.emit(new Effect.HeartbeatNow());
    }
  }

  /** Whether the partner was active at the same time, and not because of a planned handover. */
  private static boolean isRivalry(Decision decision, @Nullable Heartbeat before) {
    return before != null
        && before.role() == Role.ACTIVE
        && !before.has(Flag.OFFERS)
        && decision.partner().activeAtNanos() >= decision.standing().sinceNanos();
  }

  /**
   * A link that opens for the first time, or as the only one, may bring a partner that was never
   * silent. One that comes and goes, beside another or alone, must not put a takeover off for ever:
   * where the only one brought nothing the last time, the silence before counts too.
   */
  static void changeLink(Decision decision, Input.LinkChanged changed) {
    var link = changed.link();
    if (link < 0 || link >= decision.settings.links().size()) {
      return;
    }
    var hearing = decision.hearing();
    var isFirst = hearing.openLinks() == 0;
    var wasHeard = hearing.partner().heardNanos() >= hearing.listenFromNanos();
    if (changed.isOpen() && (!hearing.isTried(link) || isFirst && wasHeard)) {
      listenAnew(decision);
    } else if (changed.isOpen() && isFirst) {
      listenOn(decision, decision.now - hearing.deafFromNanos());
    }
    if (changed.isOpen() && !hearing.isOpen(link)) {
      linkOpened(decision);
    }
    decision.hearing(decision.hearing().link(link, changed.isOpen(), decision.now));
  }

  /** Goes on listening after so long without a link, for a moment at least. */
  private static void listenOn(Decision decision, long deafNanos) {
    var silentFrom = decision.hearing().silentFromNanos() + deafNanos;
    var settings = decision.settings;
    var latest = decision.now - settings.deadtimeNanos() + settings.reopenedNanos();
    decision.hearing(
        decision.hearing().listenFrom(Math.min(decision.now, Math.max(silentFrom, latest))));
  }

  /** What failed may succeed now, and the switch behind the link may have forgotten this node. */
  private static void linkOpened(Decision decision) {
    decision.hopeAgain();
    var isRechecking = decision.active().recheckAtNanos() != Moment.NEVER;
    if (decision.role() == Role.ACTIVE && !isRechecking) {
      ErrandRules.recheck(decision);
    }
  }

  /** Time that this process slept is nobody's silence. */
  static void stalled(Decision decision, long forNanos) {
    var silentFrom = decision.hearing().silentFromNanos();
    var isLong = forNanos >= decision.settings.deadtimeNanos();
    var listenFrom = isLong ? decision.now : Math.min(decision.now, silentFrom + forNanos);
    decision.hearing(decision.hearing().listenFrom(listenFrom));
    decision.emit(new Effect.HeartbeatNow());
    if (isLong && decision.role() == Role.CLAIMING) {
      var facts = List.of(new Fact("for", Transition.millis(forNanos)));
      ClaimRules.giveUp(decision, Cause.STALLED, facts);
    } else if (isLong && decision.role() == Role.ACTIVE) {
      ErrandRules.recheck(decision);
    }
  }
}
