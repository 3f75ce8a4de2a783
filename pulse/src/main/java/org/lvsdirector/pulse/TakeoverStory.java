// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Failover;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Settings;
import org.lvsdirector.pulse.failover.State;
import org.lvsdirector.pulse.link.HeartbeatCodec;

/**
 * The failover decision of this node, told as a story with invented times and an invented partner:
 * a standby hears, loses its partner, takes over, serves, and hands over again. It concerns nobody;
 * who has told it has run the code that a takeover runs.
 */
final class TakeoverStory {

  private static final int HEARTBEATS = 5;
  private static final long PARTNER_BOOT_ID = 1;

  private final Settings settings;
  private final Failover.Identity identity = new Failover.Identity(2, "rehearsal");
  private final List<Role> roles = new ArrayList<>();
  private State state;
  private long nowNanos;
  private long partnerSequence;
  private int heartbeats;

  private TakeoverStory(Settings settings) {
    this.settings = settings;
    state = State.initial(settings);
  }

  /**
   * Tells it once, as a node with these settings.
   *
   * @return the roles in order, from STANDBY on
   */
  static List<Role> tell(Settings settings) {
    var story = new TakeoverStory(settings);
    story.begin();
    story.hearActive(EnumSet.noneOf(Flag.class));
    story.loseThePartner();
    story.handOver();
    story.takeAnOffer();
    return List.copyOf(story.roles);
  }

  private void begin() {
    give(new Input.Started(nowNanos, 1));
    give(new Input.ConfigLoaded(nowNanos, identity.configDigest()));
    give(new Input.FitnessChanged(nowNanos, true, ""));
    for (var link = 0; link < settings.links().size(); link++) {
      give(new Input.LinkChanged(nowNanos, link, true));
    }
    give(new Input.TargetsChanged(nowNanos, true));
    give(new Input.SyncReported(nowNanos, 0, true));
  }

  private void hearActive(Set<Flag> flags) {
    for (var i = 0; i < HEARTBEATS; i++) {
      hear(Role.ACTIVE, state.standing().seenTerm() + (i == 0 ? 1 : 0), flags);
    }
  }

  private void loseThePartner() {
    nowNanos += settings.deadtimeNanos();
    give(new Input.Wake(nowNanos));
  }

  private void handOver() {
    for (var i = 0; i < HEARTBEATS; i++) {
      hear(Role.STANDBY, state.term(), EnumSet.of(Flag.IN_SYNC));
    }
    give(new Input.Ordered(nowNanos, 1, Input.Order.FAILOVER));
    hear(Role.CLAIMING, state.term(), EnumSet.of(Flag.IN_SYNC));
    hear(Role.ACTIVE, state.term() + 1, EnumSet.of(Flag.IN_SYNC));
  }

  private void takeAnOffer() {
    hear(Role.ACTIVE, state.standing().seenTerm(), EnumSet.of(Flag.OFFERS));
    hear(Role.YIELDING, state.standing().seenTerm(), EnumSet.noneOf(Flag.class));
  }

  private void hear(Role role, long term, Set<Flag> flags) {
    nowNanos += settings.keepaliveNanos();
    var heartbeat =
        new Heartbeat(
            settings.node().partner(),
            PARTNER_BOOT_ID,
            ++partnerSequence,
            term,
            role,
            true,
            1 - settings.priority(),
            (1 << settings.links().size()) - 1,
            flags,
            identity.configDigest(),
            "",
            0);
    for (var link = 0; link < settings.links().size(); link++) {
      give(new Input.Heard(nowNanos, link, overTheWire(heartbeat)));
    }
  }

  private static Heartbeat overTheWire(Heartbeat heartbeat) {
    var bytes = HeartbeatCodec.encode(heartbeat);
    return switch (HeartbeatCodec.decode(bytes, 0, bytes.length)) {
      case HeartbeatCodec.Decoded.Accepted(var read) -> read;
      case HeartbeatCodec.Decoded.Rejected(var why) -> throw new IllegalStateException("" + why);
    };
  }

  private void give(Input input) {
    var step = Failover.step(settings, state, input);
    state = step.next();
    for (var effect : step.effects()) {
      carryOut(effect);
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.HeartbeatNow() ->
          overTheWire(Failover.heartbeat(settings, state, identity, ++heartbeats, nowNanos));
      case Effect.Journal(var transition) -> {
        if (!transition.toString().isEmpty()) {
          roles.add(transition.to());
        }
      }
      case Effect.AskWitness(var id, _, _) ->
          give(new Input.WitnessAnswered(nowNanos, id, true, settings.policy().leaseNanos()));
      case Effect.ProbeAddresses(var id) -> give(new Input.Probed(nowNanos, id, false));
      case Effect.Answered answered -> give(new Input.EffectDone(nowNanos, answered.id()));
      case Effect.Beacon() -> {}
      case Effect.StopPartner _ -> {}
      case Effect.ReturnLease _ -> {}
      case Effect.Notify _ -> {}
      case Effect.OrderEnded _ -> {}
      case Effect.Stopped _ -> {}
    }
  }
}
