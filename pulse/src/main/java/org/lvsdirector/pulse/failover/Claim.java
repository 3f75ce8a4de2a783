// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;

/**
 * From when on a node that holds nothing may take the role, if nothing else is heard until then.
 *
 * @param atNanos the time; {@link Long#MAX_VALUE} for never
 * @param cause why it may
 */
record Claim(long atNanos, Cause cause) {

  private static final Claim NEVER = new Claim(Long.MAX_VALUE, Cause.UNFIT);

  /** The earliest claim that the state allows. */
  static Claim earliest(Settings settings, State state) {
    if (!state.fitness().isFit() || state.plans().isMaintained()) {
      return NEVER;
    }
    var gate = Math.max(state.retry().atNanos(), state.evidence().doubtUntilNanos());
    if (!settings.isPaired()) {
      return new Claim(gate, Cause.UNPAIRED);
    }
    if (state.openLinks() == 0) {
      return NEVER;
    }
    var silent = onSilence(settings, state);
    var invited = onWord(settings, state);
    var first = invited.atNanos < silent.atNanos ? invited : silent;
    return new Claim(Math.max(gate, first.atNanos), first.cause);
  }

  /** Why to claim now: silence comes first, for the words of the silent are old. */
  Cause causeAt(Settings settings, State state, long nowNanos) {
    var silent = settings.isPaired() ? onSilence(settings, state) : NEVER;
    return nowNanos >= silent.atNanos ? silent.cause : cause;
  }

  private static Claim onSilence(Settings settings, State state) {
    var partner = state.partner();
    var heard = Math.max(partner.heardNanos(), state.evidence().announcedNanos());
    var silentFrom = Math.max(heard, state.listenFromNanos());
    var cause = partner.last() == null ? Cause.PARTNER_ABSENT : Cause.PARTNER_SILENT;
    return new Claim(silentFrom + settings.deadtimeNanos(), cause);
  }

  /** What the partner's own words allow; only those heard since this node listens count. */
  private static Claim onWord(Settings settings, State state) {
    var partner = state.partner();
    var word = partner.last();
    if (word == null || partner.heardNanos() < state.listenFromNanos()) {
      return NEVER;
    }
    var since = Math.max(partner.roleSinceNanos(), state.listenFromNanos());
    return switch (word.role()) {
      case ACTIVE -> NEVER;
      case CLAIMING -> {
        var patience = settings.acquireTimeoutNanos() + settings.patienceNanos();
        yield new Claim(since + patience, Cause.PARTNER_HESITATES);
      }
      case YIELDING -> new Claim(since + settings.deadtimeNanos(), Cause.PARTNER_STUCK);
      case FAULT, MAINTENANCE -> new Claim(since, Cause.PARTNER_UNFIT);
      case STARTING, STANDBY -> onIdle(settings, state, word, since);
    };
  }

  private static Claim onIdle(Settings settings, State state, Heartbeat word, long since) {
    if (word.isLeaving()) {
      return new Claim(since, Cause.PARTNER_LEAVING);
    }
    if (InputRules.isResuming(word)) {
      return new Claim(since + settings.patienceNanos(), Cause.PARTNER_HESITATES);
    }
    var activeAt = state.partner().activeAtNanos();
    if (word.role() == Role.STARTING && activeAt >= 0) {
      return new Claim(activeAt + settings.deadtimeNanos(), Cause.PARTNER_RESTARTED);
    }
    if (!word.isFit()) {
      return new Claim(since, Cause.PARTNER_UNFIT);
    }
    var isCutOff = settings.policy().hasTargets() && state.evidence().isTargetLost();
    if (isCutOff != word.has(Heartbeat.Flag.CUT_OFF)) {
      return isCutOff ? hesitates(settings, state) : new Claim(since, Cause.PARTNER_CUT_OFF);
    }
    return settings.node() == Node.PRIMARY
        ? new Claim(since, Cause.PREFERRED)
        : hesitates(settings, state);
  }

  /** The time for the other to act begins when both are idle. */
  private static Claim hesitates(Settings settings, State state) {
    var heardSince = Math.max(state.partner().idleSinceNanos(), state.listenFromNanos());
    var bothSince = Math.max(heardSince, state.sinceNanos());
    return new Claim(bothSince + settings.patienceNanos(), Cause.PARTNER_HESITATES);
  }
}
