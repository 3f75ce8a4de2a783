// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.SplittableRandom;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;

/**
 * Worlds with malice in them: somebody delays and repeats what the directors say, while they crash
 * and start. The bounds hold, with the stated extra of {@link Attacker}; what a single heartbeat
 * may change is not looked at, for what he holds back may pass for new.
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

  private static Attacks begin(long seed) {
    var random = new SplittableRandom(seed);
    var world = new World("malice seed " + seed, Conditions.random(random), random);
    world.trace().line(world.conditions().toString());
    world.directors().forEach(Director::start);
    world.until(20 * SECOND);
    return new Attacks(world);
  }

  /** One world of a seed. */
  static World run(long seed) {
    var attacks = begin(seed);
    attacks.delay();
    return attacks.world;
  }

  private void delay() {
    var attacker = new Attacker(world, 1 + random.nextInt(world.network().links()));
    later(this::fault);
    world.until(ATTACKED_NANOS);
    attacker.end();
    calm();
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
