// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.State.Fitness;

/** What an input changes in what is known; what follows is decided afterwards. */
final class InputRules {

  private InputRules() {}

  static void take(Decision decision, Input input) {
    switch (input) {
      case Input.Started started -> start(decision, started);
      case Input.Wake _ -> {}
      case Input.Heard heard -> HearingRules.hear(decision, heard.link(), heard.heartbeat());
      case Input.FitnessChanged changed ->
          changeFitness(decision, new Fitness(true, changed.isFit(), changed.reason()));
      case Input.EffectDone done -> OutcomeRules.done(decision, done.id());
      case Input.EffectFailed failed -> OutcomeRules.failed(decision, failed.id(), failed.reason());
      case Input.Stalled stalled -> HearingRules.stalled(decision, stalled.forNanos());
      case Input.StopRequested requested ->
          YieldRules.requestStop(decision, requested.isReleasing());
      case Input.ConfigLoaded loaded -> loadConfig(decision, loaded.digest());
      case Input.AddressesChanged changed -> {
        var isOther = !changed.digest().equals(decision.evidence().configDigest());
        loadConfig(decision, changed.digest());
        RenewalRules.changed(decision, isOther);
      }
      case Input.LinkChanged changed -> HearingRules.changeLink(decision, changed);
      case Input.TargetsChanged changed -> changeTargets(decision, changed.isReached());
      case Input.Probed probed -> ErrandRules.probed(decision, probed.id(), probed.isForeign());
      case Input.PartnerAnnounced _ -> announced(decision);
      case Input.WitnessAnswered answer -> OutcomeRules.witness(decision, answer);
      case Input.SyncReported report ->
          decision.evidence(decision.evidence().sync(report.position(), report.isInSync()));
      case Input.StopAsked asked -> ActiveRules.stopAsked(decision, asked.term());
      case Input.Ordered ordered -> OrderRules.order(decision, ordered.orderId(), ordered.order());
    }
  }

  private static void start(Decision decision, Input.Started started) {
    decision.standing(decision.standing().started(decision.now, started.term()));
    HearingRules.listenAnew(decision);
    decision.active(decision.active().found(started.hasFound()));
    if (decision.role() == Role.STARTING) {
      decision.orders(decision.orders().maintained(started.isMaintained()));
    }
    ErrandRules.syncAs(decision, started.hasFound());
    decision.emit(new Effect.HeartbeatNow());
  }

  private static void loadConfig(Decision decision, String digest) {
    if (!digest.equals(decision.evidence().configDigest())) {
      decision.hopeAgain();
    }
    decision.evidence(decision.evidence().digest(digest));
    var heartbeat = decision.partner().last();
    if (heartbeat != null) {
      HearingRules.compareConfig(decision, heartbeat);
    }
  }

  private static void changeFitness(Decision decision, Fitness reported) {
    if (reported.isFit() != decision.fitness().isFit()) {
      decision.emit(new Effect.HeartbeatNow());
    }
    if (reported.isFit() && !decision.fitness().isFit()) {
      decision.hopeAgain();
    }
    decision.fitness(reported);
  }

  private static void changeTargets(Decision decision, boolean isReached) {
    if (isReached == decision.evidence().isTargetLost()) {
      decision.evidence(
          isReached
              ? decision.evidence().targetsReached().doubt(0, 0)
              : decision.evidence().targetsLost(decision.now));
      decision.emit(new Effect.HeartbeatNow());
    }
  }

  private static void announced(Decision decision) {
    var before = decision.evidence().announcedNanos();
    decision.evidence(decision.evidence().announced(decision.now));
    if (decision.role() == Role.ACTIVE) {
      ActiveRules.partnerAnnounced(decision, before);
    }
  }
}
