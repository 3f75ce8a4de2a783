// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.Set;
import java.util.SplittableRandom;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat;

/**
 * Worlds with malice in them. In a sealed one somebody delays and repeats what the directors say,
 * while they crash and start: all invariants hold, with the stated extra of {@link Attacker}. In an
 * open one he makes words up, and a witness lies: what he brings about meanwhile is his, but when
 * he is gone all is well again.
 */
final class Attacks {

  private static final long ATTACKED_NANOS = 600 * SECOND;
  private static final long CALM_NANOS = 300 * SECOND;

  private final World world;
  private final SplittableRandom random;

  private Attacks(World world) {
    this.world = world;
    random = world.random();
  }

  private static Attacks begin(String kind, long seed) {
    var random = new SplittableRandom(seed);
    var world = new World(kind + " seed " + seed, Conditions.random(random), random);
    world.trace().line(world.conditions().toString());
    world.directors().forEach(Director::start);
    world.until(20 * SECOND);
    return new Attacks(world);
  }

  /** One world in which words are sealed. */
  static World sealed(long seed) {
    var attacks = begin("sealed", seed);
    attacks.delay();
    return attacks.world;
  }

  /** One world in which anybody can make words up. */
  static World open(long seed) {
    var attacks = begin("open", seed);
    attacks.forge();
    return attacks.world;
  }

  private void delay() {
    var attacker = new Attacker(world, 1 + random.nextInt(world.network().links()));
    later(this::fault);
    world.until(ATTACKED_NANOS);
    attacker.end();
    calm();
  }

  private void forge() {
    world.deceive();
    world.witness().lie(true);
    later(this::invent);
    world.until(ATTACKED_NANOS);
    world.witness().lie(false);
    calm();
    for (var director : world.directors()) {
      var heard = director.state().partner().last();
      var other = world.director(director.node().partner());
      world.require(
          heard != null && heard.bootId() == other.bootId(), director.node() + " hears another");
    }
  }

  /** Does it again and again, as long as the attack lasts. */
  private void later(Runnable action) {
    var pause = random.nextLong(8 * world.conditions().deadtimeNanos());
    world
        .time()
        .after(
            pause,
            () -> {
              if (world.now() < ATTACKED_NANOS) {
                action.run();
                later(action);
              }
            });
  }

  private void fault() {
    var director = world.director(random.nextBoolean() ? Node.PRIMARY : Node.BACKUP);
    world.invariants().disturbed();
    switch (random.nextInt(5)) {
      case 0 -> director.crashHost();
      case 1 -> director.crashProcess();
      default -> world.directors().forEach(Director::start);
    }
  }

  private void invent() {
    var to = world.director(random.nextBoolean() ? Node.PRIMARY : Node.BACKUP);
    var from = world.director(to.node().partner());
    var link = random.nextInt(world.network().links());
    if (random.nextInt(4) == 0) {
      world.directors().forEach(Director::start);
    }
    to.receive(link, new Word(forged(from), world.now(), from.boot(), from.facts()));
  }

  private Heartbeat forged(Director from) {
    var roles = Role.values();
    return new Heartbeat(
        from.node(),
        random.nextInt(3) == 0 ? random.nextLong() : from.bootId(),
        random.nextBoolean() ? 1 + random.nextInt(1 << 20) : random.nextLong(Long.MAX_VALUE) + 1,
        random.nextBoolean() ? Heartbeat.MAX_TERM : random.nextLong(Heartbeat.MAX_TERM),
        roles[random.nextInt(roles.length)],
        random.nextBoolean(),
        random.nextInt(2),
        random.nextInt(4),
        flags(),
        "forged",
        "",
        random.nextLong());
  }

  private Set<Heartbeat.Flag> flags() {
    var all = Heartbeat.Flag.values();
    return random.nextBoolean() ? Set.of() : Set.of(all[random.nextInt(all.length)]);
  }

  private void calm() {
    world.invariants().disturbed();
    world.calm();
    world.directors().forEach(Director::start);
    world.until(ATTACKED_NANOS + CALM_NANOS);
    var roles = world.directors().stream().map(director -> director.state().role()).toList();
    world.require(
        roles.contains(Role.ACTIVE) && !roles.stream().allMatch(Role.ACTIVE::equals),
        "ends with " + roles);
  }
}
