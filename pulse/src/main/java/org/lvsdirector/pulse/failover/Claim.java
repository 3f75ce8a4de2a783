// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;

/**
 * From when on a node that holds nothing may take the role, if nothing else is heard until then.
 *
 * @param atNanos the time; {@link Moment#NEVER} for never
 * @param cause why it may
 */
record Claim(long atNanos, Cause cause) {

  private static final Claim NONE = new Claim(Moment.NEVER, Cause.UNFIT);

  /** The earliest claim that the state allows. */
  static Claim earliest(Decision decision) {
    if (!decision.fitness().isFit() || decision.orders().isMaintained()) {
      return NONE;
    }
    var gate = Math.max(decision.retry().atNanos(), decision.evidence().doubtUntilNanos());
    if (!decision.settings.isPaired()) {
      return new Claim(gate, Cause.UNPAIRED);
    }
    if (decision.hearing().openLinks() == 0) {
      return NONE;
    }
    var silent = onSilence(decision);
    var invited = onWord(decision);
    var first = invited.atNanos < silent.atNanos ? invited : silent;
    return new Claim(Math.max(gate, first.atNanos), first.cause);
  }

  /** Why to claim now: silence comes first, for the words of the silent are old. */
  Cause causeNow(Decision decision) {
    var silent = decision.settings.isPaired() ? onSilence(decision) : NONE;
    return decision.isDue(silent.atNanos) ? silent.cause : cause;
  }

  private static Claim onSilence(Decision decision) {
    var partner = decision.partner();
    var heard = Math.max(partner.heardNanos(), decision.evidence().announcedNanos());
    var silentFrom = Math.max(heard, decision.hearing().listenFromNanos());
    var cause = partner.last() == null ? Cause.PARTNER_ABSENT : Cause.PARTNER_SILENT;
    return new Claim(silentFrom + decision.settings.deadtimeNanos(), cause);
  }

  /** What the partner's own words allow; only those heard since this node listens count. */
  private static Claim onWord(Decision decision) {
    var partner = decision.partner();
    var heartbeat = partner.last();
    if (heartbeat == null || partner.heardNanos() < decision.hearing().listenFromNanos()) {
      return NONE;
    }
    var since = Math.max(partner.roleSinceNanos(), decision.hearing().listenFromNanos());
    return switch (heartbeat.role()) {
      case ACTIVE -> NONE;
      case CLAIMING -> {
        var patience = decision.settings.acquireTimeoutNanos() + decision.settings.patienceNanos();
        yield new Claim(since + patience, Cause.PARTNER_HESITATES);
      }
      case YIELDING -> new Claim(since + decision.settings.deadtimeNanos(), Cause.PARTNER_STUCK);
      case FAULT, MAINTENANCE -> new Claim(since, Cause.PARTNER_UNFIT);
      case STARTING, STANDBY -> onIdle(decision, heartbeat, since);
    };
  }

  private static Claim onIdle(Decision decision, Heartbeat heartbeat, long since) {
    if (heartbeat.isLeaving()) {
      return new Claim(since, Cause.PARTNER_LEAVING);
    }
    if (isResuming(heartbeat)) {
      return new Claim(since + decision.settings.patienceNanos(), Cause.PARTNER_HESITATES);
    }
    var activeAt = decision.partner().activeAtNanos();
    if (heartbeat.role() == Role.STARTING && activeAt >= 0) {
      return new Claim(activeAt + decision.settings.deadtimeNanos(), Cause.PARTNER_RESTARTED);
    }
    if (!heartbeat.isFit()) {
      return new Claim(since, Cause.PARTNER_UNFIT);
    }
    var isCutOff = decision.policy().hasTargets() && decision.evidence().isTargetLost();
    if (isCutOff != heartbeat.has(Heartbeat.Flag.CUT_OFF)) {
      return isCutOff ? hesitates(decision) : new Claim(since, Cause.PARTNER_CUT_OFF);
    }
    return decision.settings.node() == Node.PRIMARY
        ? new Claim(since, Cause.PREFERRED)
        : hesitates(decision);
  }

  /** The time for the other to act begins when both are idle. */
  private static Claim hesitates(Decision decision) {
    var heardSince =
        Math.max(decision.partner().idleSinceNanos(), decision.hearing().listenFromNanos());
    var bothSince = Math.max(heardSince, decision.standing().sinceNanos());
    return new Claim(bothSince + decision.settings.patienceNanos(), Cause.PARTNER_HESITATES);
  }

  /** Whether a partner that has just started will resume what it still holds. */
  private static boolean isResuming(Heartbeat heartbeat) {
    return heartbeat.role() == Role.STARTING && heartbeat.has(Heartbeat.Flag.HOLDING);
  }
}
