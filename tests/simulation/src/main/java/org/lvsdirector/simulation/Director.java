// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Failover;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Settings;
import org.lvsdirector.pulse.failover.State;

/** A machine with a director on it: the loop around {@link Failover#step}. */
final class Director {

  private static final long CLOCK_OFFSET = 1000 * SECOND;

  private final World world;
  private final Node node;
  private final Settings settings;
  private final double clockRate;
  private final Machine machine;
  private State state;
  private boolean isUp;
  private long bootId;
  private long sequence;
  private long upSince;
  private long stalledSince = -1;
  private final Alarm alarm;
  private long boots;
  private long announcedLocal;
  private final Inbox inbox;
  private String digest = "a1b2";
  private Set<String> addresses = Set.of("v1", "v2");
  private final List<Runnable> waiting = new ArrayList<>();

  Director(World world, Node node) {
    this.world = world;
    this.node = node;
    var conditions = world.conditions();
    settings = conditions.settings(node);
    clockRate = node == Node.PRIMARY ? 1 + conditions.skewPpm() / 1e6 : 1;
    machine = new Machine(world, this);
    inbox = new Inbox(world, this);
    alarm = new Alarm(world, this);
    state = State.initial(settings);
  }

  // ---- faults ----------------------------------------------------------------------------------

  void start() {
    if (isUp) {
      return;
    }
    isUp = true;
    upSince = world.now();
    boots++;
    inbox.clear();
    announcedLocal = local() - settings.deadtimeNanos();
    bootId = world.random().nextLong();
    sequence = 0;
    alarm.clear();
    state = State.initial(settings);
    world.trace().line(node + " starts" + (machine.isHolding() ? " with the addresses" : ""));
    world.invariants().started(this);
    machine.deeds().starting(addresses);
    give(
        new Input.Started(
            local(),
            machine.deeds().persistedTerm(),
            machine.isHolding(),
            machine.deeds().isMaintenancePersisted()));
    give(new Input.ConfigLoaded(local(), digest));
    machine.started();
    beat(bootId);
  }

  /** The machine is off: the addresses are gone. */
  void crashHost() {
    if (isUp || machine.isHolding()) {
      world.trace().line(node + " loses its power");
    }
    end();
    machine.deeds().crash();
  }

  /** The process is gone: the addresses stay, and the kernel forwards. */
  void crashProcess() {
    if (isUp) {
      world.trace().line(node + " loses its process");
      end();
    }
  }

  private void end() {
    if (isActive()) {
      world.invariants().lost(this);
    }
    isUp = false;
    stalledSince = -1;
    waiting.clear();
    machine.forgetOrders();
  }

  void stall(long nanos) {
    if (!isUp || stalledSince >= 0) {
      return;
    }
    world.trace().line(node + " stalls");
    stalledSince = world.now();
    var incarnation = bootId;
    world.time().after(nanos, () -> resume(incarnation));
  }

  private void resume(long incarnation) {
    if (!isUp || bootId != incarnation) {
      return;
    }
    var nanos = (long) ((world.now() - stalledSince) * clockRate);
    world.trace().line(node + " goes on after " + nanos / MS + " ms");
    stalledSince = -1;
    upSince = world.now();
    if (nanos >= settings.keepaliveNanos()) {
      give(new Input.Stalled(local(), nanos));
    }
    var actions = List.copyOf(waiting);
    waiting.clear();
    actions.forEach(action -> runs(incarnation, action));
  }

  void configure(String newDigest) {
    digest = newDigest;
    world.trace().line(node + " has lvs.cf " + newDigest);
    runs(bootId, this::reload);
  }

  /** Another lvs.cf, with other addresses. */
  void configure(String newDigest, Set<String> newAddresses) {
    addresses = new TreeSet<>(newAddresses);
    world.trace().line(node + " shall hold " + String.join(" ", addresses));
    configure(newDigest);
  }

  private void reload() {
    machine.deeds().mean(addresses);
    give(new Input.AddressesChanged(local(), digest));
  }

  // ---- the loop --------------------------------------------------------------------------------

  /** Runs an action of one incarnation, after a stall if there is one. */
  void runs(long incarnation, Runnable action) {
    if (!isUp || bootId != incarnation) {
      return;
    }
    if (stalledSince >= 0) {
      waiting.add(action);
    } else {
      action.run();
    }
  }

  private void beat(long incarnation) {
    send();
    var pause = (long) (settings.keepaliveNanos() / clockRate);
    world.time().after(pause, () -> runs(incarnation, () -> beat(incarnation)));
  }

  void send() {
    var identity = new Failover.Identity(bootId, digest);
    var heartbeat = Failover.heartbeat(settings, state, identity, ++sequence, local());
    world.send(this, new Word(heartbeat, world.now(), boots, facts()));
  }

  /** What decides between this one and a rival now. */
  Word.Facts facts() {
    return new Word.Facts(
        state.isFit(local()),
        state.lease().isHeld(local()),
        state.evidence().isTargetLost(),
        state.orders().isOffering(),
        state.term());
  }

  void receive(int link, Word word) {
    runs(bootId, () -> hear(link, word));
  }

  /** What time alone changes is not put down to an old heartbeat. */
  private void hear(int link, Word word) {
    if (inbox.isOld(link, word)) {
      give(new Input.Wake(local()));
    }
    var before = state;
    var effects = give(new Input.Heard(local(), link, word.heartbeat()));
    inbox.heard(link, word, before, state, effects);
    world.invariants().rivalry().heard(this, word);
  }

  void hearAnnouncement() {
    runs(
        bootId,
        () -> {
          announcedLocal = local();
          give(new Input.PartnerAnnounced(local()));
          world.invariants().rivalry().announced(this);
        });
  }

  List<Effect> give(Input input) {
    var before = state.role();
    var step = Failover.step(settings, state, input);
    state = step.next();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Journal(var change)) {
        world.trace().line(node + " " + change);
        world.invariants().journal(this, change, before);
        before = change.to();
      }
      machine.deeds().carryOut(effect);
    }
    if (before != state.role()) {
      throw world.failure(node + " changed its role without a word");
    }
    if (isUp) {
      alarm.plan();
    }
    return step.effects();
  }

  /** The daemon ended by itself. */
  void stopped() {
    world.trace().line(node + " ends" + (machine.isHolding() ? " with the addresses" : ""));
    end();
  }

  // ---- what others see -------------------------------------------------------------------------

  /** The time on this machine's monotonic clock. */
  long local() {
    return CLOCK_OFFSET + (long) (world.now() * clockRate);
  }

  /** The first time of the world at which this machine's clock shows at least this. */
  long worldAt(long local) {
    return world.now() + (long) Math.ceil(Math.max(0, local - local()) / clockRate);
  }

  Settings settings() {
    return settings;
  }

  Node node() {
    return node;
  }

  State state() {
    return state;
  }

  Machine machine() {
    return machine;
  }

  long bootId() {
    return bootId;
  }

  long upSince() {
    return upSince;
  }

  /** How long nothing new was heard from the partner. */
  long silenceNanos() {
    return inbox.silenceNanos();
  }

  /** How long no announcement of another machine was heard. */
  long sinceAnnouncementNanos() {
    return local() - announcedLocal;
  }

  boolean isUp() {
    return isUp;
  }

  boolean isRunning() {
    return isUp && stalledSince < 0;
  }

  boolean isActive() {
    return isUp && state.role() == Role.ACTIVE;
  }

  boolean answersArp() {
    return machine.isHolding() && world.network().isPortUp(node);
  }

  boolean isForwarding() {
    return answersArp() && machine.isEngineWorking();
  }
}
