// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;

/**
 * Two directors, their network, clients and a witness, in virtual time. Everything random comes
 * from one seed, so a seed replays byte for byte.
 */
final class World {

  private static final double REPLAY_PERCENT = 0.1;
  private static final long REPLAY_DEADTIMES = 20;

  private final String name;
  private final Conditions conditions;
  private final SplittableRandom random;
  private final Timeline time = new Timeline();
  private final Trace trace = new Trace(time);
  private final Network network;
  private final Clients clients;
  private final WitnessHost witness;
  private final List<Director> directors;
  private final Invariants invariants;
  private @Nullable Attacker attacker;
  private boolean isCalm;
  private boolean isChecked = true;

  World(String name, Conditions conditions, SplittableRandom random) {
    this.name = name;
    this.conditions = conditions;
    this.random = random;
    network = new Network(conditions.links());
    clients = new Clients(this);
    witness = new WitnessHost(this, conditions.policy().leaseNanos());
    directors = List.of(new Director(this, Node.PRIMARY), new Director(this, Node.BACKUP));
    invariants = new Invariants(this);
  }

  /** Runs until then, looking at everything after every event. */
  void until(long end) {
    var isGoingOn = true;
    while (isGoingOn) {
      isGoingOn = next(end);
    }
  }

  /** Runs the next event until then, and looks at everything; false when there is none. */
  boolean next(long end) {
    if (!time.next(end)) {
      return false;
    }
    if (isChecked) {
      clients.look();
      invariants.check();
    }
    return true;
  }

  // ---- heartbeats on their way -----------------------------------------------------------------

  void send(Director from, Word word) {
    for (var link = 0; link < network.links(); link++) {
      send(from, link, word);
    }
  }

  private void send(Director from, int link, Word word) {
    if (!network.carries(link, from.node())) {
      return;
    }
    var weather = conditions.weather();
    if (attacker != null && attacker.takes(from, link, word)) {
      return;
    }
    for (var copies = chance(weather.doublePercent()) ? 2 : 1; copies > 0; copies--) {
      if (!chance(weather.lossPercent())) {
        var to = director(from.node().partner());
        time.after(delay(weather), () -> deliver(to, link, word));
      }
    }
  }

  /**
   * Now and then a network delivers again what it delivered long ago. That is an old packet to the
   * same process only: one that has started since cannot know, for that the link seals its packets.
   */
  private void deliver(Director to, int link, Word word) {
    to.receive(link, word);
    if (conditions.isJittery() && chance(REPLAY_PERCENT)) {
      var receiver = to.bootId();
      time.after(
          random.nextLong(REPLAY_DEADTIMES * conditions.deadtimeNanos()),
          () -> to.runs(receiver, () -> to.receive(link, word)));
    }
  }

  private long delay(Conditions.Weather weather) {
    if (!conditions.isJittery()) {
      return weather.delayNanos();
    }
    return chance(weather.latePercent())
        ? random.nextLong(conditions.deadtimeNanos() / 2)
        : random.nextLong(1000, weather.delayNanos());
  }

  /** Somebody has links in his hands. */
  void attackedBy(Attacker somebody) {
    attacker = somebody;
  }

  /** How much longer a takeover may take because of an attack; 0 without one. */
  long attackNanos() {
    return attacker == null ? 0 : attacker.delayNanos();
  }

  /** How much longer nobody may be active because of an attack; 0 without one. */
  long recordingNanos() {
    return attacker == null ? 0 : Attacker.BELIEVED_NANOS;
  }

  /** Saves the time of looking after every event, for a world of which only numbers matter. */
  void unchecked() {
    isChecked = false;
  }

  /** From now on effects do not fail. */
  void calm() {
    isCalm = true;
  }

  boolean isCalm() {
    return isCalm;
  }

  /** An announcement of the addresses, as every machine on the public network hears it. */
  void announce(Director from) {
    if (!network.isPortUp(from.node())) {
      return;
    }
    clients.hearAnnouncement(from.node());
    var to = director(from.node().partner());
    if (network.carriesArp()) {
      time.after(Timeline.MS, to::hearAnnouncement);
    }
  }

  // ---- the parts -------------------------------------------------------------------------------

  Director director(Node node) {
    return directors.get(Network.at(node));
  }

  List<Director> directors() {
    return directors;
  }

  Network network() {
    return network;
  }

  Clients clients() {
    return clients;
  }

  WitnessHost witness() {
    return witness;
  }

  Invariants invariants() {
    return invariants;
  }

  Conditions conditions() {
    return conditions;
  }

  Timeline time() {
    return time;
  }

  Trace trace() {
    return trace;
  }

  SplittableRandom random() {
    return random;
  }

  long now() {
    return time.now();
  }

  boolean chance(double percent) {
    return percent > 0 && random.nextDouble() * 100 < percent;
  }

  /** A random time when the world is jittery, else the given one. */
  long about(long nanos) {
    return conditions.isJittery() ? random.nextLong(1000, 2 * nanos) : nanos;
  }

  void require(boolean isTrue, String otherwise) {
    if (!isTrue) {
      throw failure(otherwise);
    }
  }

  /** What to throw when something does not hold: it names the seed, so that it can be replayed. */
  AssertionError failure(String what) {
    return new AssertionError(
        name + " at " + now() / Timeline.MS + " ms: " + what + "\n" + trace.tail());
  }
}
