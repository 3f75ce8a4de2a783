// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;

/** One node on the bench: feeds inputs at millisecond times and keeps the effects. */
final class Bench {

  static final long MS = 1_000_000;
  static final long DEADTIME = 750;

  final Settings settings;
  final List<Effect> effects = new ArrayList<>();
  final List<Transition> journal = new ArrayList<>();
  State state;
  long nowMillis;
  private long partnerSequence;

  private Bench(Settings settings) {
    this.settings = settings;
    this.state = State.initial(settings);
  }

  /** A node that has started at time 0 and is fit. */
  static Bench started(Node node) {
    return unreported(node).fit(true);
  }

  /** A node that has started at time 0; nobody has said yet whether it is fit. */
  static Bench unreported(Node node) {
    var bench =
        new Bench(new Settings(node, true, List.of("public", "private"), 100 * MS, DEADTIME * MS));
    return bench.give(new Input.Started(0, 3)).link(0, true).link(1, true);
  }

  /** As {@link #started}, with one link and other times. */
  static Bench withOneLink(Node node, long keepaliveMillis, long deadtimeMillis) {
    var settings =
        new Settings(node, true, List.of("public"), keepaliveMillis * MS, deadtimeMillis * MS);
    return new Bench(settings).give(new Input.Started(0, 3)).link(0, true).fit(true);
  }

  /** As {@link #started}, with a policy. */
  static Bench started(Node node, Policy policy) {
    var settings =
        new Settings(node, true, List.of("public", "private"), 100 * MS, DEADTIME * MS, policy);
    return new Bench(settings).give(new Input.Started(0, 3)).link(0, true).link(1, true).fit(true);
  }

  /** As {@link #standby}, with a policy. */
  static Bench standby(Node node, Policy policy) {
    var bench = started(node, policy).at(900).hears(Role.ACTIVE, 5);
    return bench.at(1000).hearsOnBoth(bench.says(Role.ACTIVE, 5));
  }

  /** As {@link #active}, with a policy; its proofs are given. */
  static Bench active(Node node, Policy policy) {
    var bench = started(node, policy).at(DEADTIME).wake();
    var asked = List.copyOf(bench.effects);
    for (var effect : asked) {
      switch (effect) {
        case Effect.PersistTerm(var id, _, _) ->
            bench.give(new Input.EffectDone(DEADTIME * MS, id));
        case Effect.PingTargets(var id) -> bench.give(new Input.EffectDone(DEADTIME * MS, id));
        case Effect.AskWitness(var id, _, _) ->
            bench.give(new Input.WitnessAnswered(DEADTIME * MS, id, true, policy.leaseNanos()));
        default -> {}
      }
    }
    bench.acquired().announced(false);
    return bench.at(2000).hearsOnBoth(bench.says(Role.STANDBY, 0));
  }

  /** A process that started at time 0 and found the addresses in place. */
  static Bench inPlace(Node node) {
    var settings = new Settings(node, true, List.of("public", "private"), 100 * MS, DEADTIME * MS);
    return new Bench(settings)
        .give(new Input.Started(0, 3, true))
        .link(0, true)
        .link(1, true)
        .fit(true);
  }

  /** A process that started at time 0, on a node that was ordered to keep out. */
  static Bench restarted(Node node, boolean hasFound) {
    var settings = new Settings(node, true, List.of("public", "private"), 100 * MS, DEADTIME * MS);
    return new Bench(settings).give(new Input.Started(0, 3, hasFound, true));
  }

  static Bench unpaired() {
    var bench =
        new Bench(new Settings(Node.PRIMARY, false, List.of("public"), 100 * MS, DEADTIME * MS));
    return bench.give(new Input.Started(0, 3));
  }

  /** A standby that heard its active partner last at time 1000, on both links. */
  static Bench standby(Node node) {
    var bench = started(node).at(900).hears(Role.ACTIVE, 5);
    return bench.at(1000).hearsOnBoth(bench.says(Role.ACTIVE, 5));
  }

  /** An active node whose partner is standby, heard last at time 2000. */
  static Bench active(Node node) {
    var bench = started(node).at(DEADTIME).wake().persisted().acquired();
    return bench.at(2000).hearsOnBoth(bench.says(Role.STANDBY, 0));
  }

  Bench at(long millis) {
    nowMillis = millis;
    return this;
  }

  Bench give(Input input) {
    var step = Failover.step(settings, state, input);
    state = step.next();
    effects.clear();
    effects.addAll(step.effects());
    for (var effect : effects) {
      if (effect instanceof Effect.Journal(var transition)) {
        journal.add(transition);
        if (!TransitionTable.allows(transition)) {
          throw new AssertionError("not in the table: " + transition);
        }
      }
    }
    return this;
  }

  Bench wake() {
    return give(new Input.Wake(nowMillis * MS));
  }

  Bench fit(boolean isFit) {
    return give(new Input.FitnessChanged(nowMillis * MS, isFit, isFit ? "" : "engine gone"));
  }

  Bench hears(Role role, long term) {
    return hears(0, says(role, term));
  }

  Bench hears(int link, Heartbeat heartbeat) {
    return give(new Input.Heard(nowMillis * MS, link, heartbeat));
  }

  Bench hearsOnBoth(Heartbeat heartbeat) {
    return hears(0, heartbeat).hears(1, heartbeat);
  }

  /** Whether somebody else answered for the addresses, of which the last claim asked. */
  Bench announced(boolean isForeign) {
    return give(new Input.Probed(nowMillis * MS, state.active().probeId(), isForeign));
  }

  Bench order(Input.Order order) {
    return give(new Input.Ordered(nowMillis * MS, 1, order));
  }

  Bench targets(boolean isReached) {
    return give(new Input.TargetsChanged(nowMillis * MS, isReached));
  }

  Bench synced(boolean isInSync) {
    return give(new Input.SyncReported(nowMillis * MS, 7, isInSync));
  }

  Bench configured(String digest) {
    return give(new Input.ConfigLoaded(nowMillis * MS, digest));
  }

  /** Other virtual addresses from now on. */
  Bench readdressed(String digest) {
    return give(new Input.AddressesChanged(nowMillis * MS, digest));
  }

  Bench link(int link, boolean isOpen) {
    return give(new Input.LinkChanged(nowMillis * MS, link, isOpen));
  }

  Bench granted(boolean isGranted, long forMillis) {
    return give(
        new Input.WitnessAnswered(
            nowMillis * MS, state.lease().askId(), isGranted, forMillis * MS));
  }

  /** How the order ended: {@code done}, the reason why not, or {@code open}. */
  String orderEnd() {
    for (var effect : effects) {
      if (effect instanceof Effect.OrderEnded(_, var isDone, var reason)) {
        return isDone ? "done" : reason;
      }
    }
    return "open";
  }

  boolean notifies(Notice.Kind kind) {
    return effects.stream()
        .anyMatch(effect -> effect instanceof Effect.Notify(var notice) && notice.kind() == kind);
  }

  Bench stalled(long millis) {
    return give(new Input.Stalled(nowMillis * MS, millis * MS));
  }

  Bench stop(boolean isReleasing) {
    return give(new Input.StopRequested(nowMillis * MS, isReleasing));
  }

  Bench done(Class<? extends Effect.Answered> type) {
    return give(new Input.EffectDone(nowMillis * MS, idOf(type)));
  }

  Bench failed(Class<? extends Effect.Answered> type) {
    return give(new Input.EffectFailed(nowMillis * MS, idOf(type), "EPERM"));
  }

  Bench persisted() {
    return done(Effect.PersistTerm.class);
  }

  /** What the partner offers could be taken. */
  Bench tried() {
    return done(Effect.TryAddresses.class);
  }

  Bench acquired() {
    return done(Effect.Acquire.class);
  }

  /** The effect under way, whenever it was asked for, is done. */
  Bench acquiredLast() {
    var work = java.util.Objects.requireNonNull(state.progress().pending());
    return give(new Input.EffectDone(nowMillis * MS, work.id()));
  }

  Bench released() {
    return done(Effect.Release.class);
  }

  long idOf(Class<? extends Effect.Answered> type) {
    return effects.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError(type.getSimpleName() + " not in " + effects))
        .id();
  }

  /** A fit partner's next heartbeat. */
  Heartbeat says(Role role, long term) {
    return partner(77, ++partnerSequence, term, role, true, Set.of());
  }

  Heartbeat leaving(Role role, long term) {
    return partner(77, ++partnerSequence, term, role, true, Set.of(Heartbeat.Flag.LEAVING));
  }

  Heartbeat flagged(Role role, long term, Heartbeat.Flag... flags) {
    return partner(77, ++partnerSequence, term, role, true, Set.of(flags));
  }

  /** A partner that hears this node on no link. */
  Heartbeat deaf(Role role, long term) {
    var word = says(role, term);
    return new Heartbeat(
        word.node(), 77, word.sequence(), term, role, true, 0, 0, Set.of(), "digest", "", 0);
  }

  /** What the node's next heartbeat says. */
  Heartbeat told() {
    return Failover.heartbeat(
        settings, state, new Failover.Identity(1, "digest"), 1, nowMillis * MS);
  }

  Heartbeat unfit(Role role, long term) {
    return partner(77, ++partnerSequence, term, role, false, Set.of());
  }

  Heartbeat ofBoot(long bootId, long sequence, Role role, long term) {
    return partner(bootId, sequence, term, role, true, Set.of());
  }

  private Heartbeat partner(
      long bootId, long sequence, long term, Role role, boolean isFit, Set<Heartbeat.Flag> flags) {
    var node = settings.node().partner();
    return new Heartbeat(
        node, bootId, sequence, term, role, isFit, 0, 3, flags, "digest", isFit ? "" : "ill", 0);
  }

  Role role() {
    return state.role();
  }

  Cause cause() {
    return state.cause();
  }

  boolean has(Class<? extends Effect> type) {
    return effects.stream().anyMatch(type::isInstance);
  }

  /** The kinds of the last effects, in order, without the journal and notices. */
  List<String> kinds() {
    return effects.stream()
        .filter(effect -> !(effect instanceof Effect.Journal || effect instanceof Effect.Notify))
        .map(effect -> effect.getClass().getSimpleName())
        .toList();
  }

  /** When the node wants to be woken, in milliseconds; -1 for never. */
  long wakeAtMillis() {
    var at = Failover.wakeAt(settings, state);
    return at == Long.MAX_VALUE ? -1 : at / MS;
  }
}
