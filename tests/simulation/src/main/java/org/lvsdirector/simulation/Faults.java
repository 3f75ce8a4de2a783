// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Input.Order;

/** A schedule of random faults, then a time without any in which everything must get well. */
final class Faults {

  private final World world;
  private final SplittableRandom random;
  private final long meanNanos;
  private long end;

  private Faults(World world) {
    this.world = world;
    random = world.random();
    meanNanos = Math.max(5 * SECOND, 12 * world.conditions().deadtimeNanos());
  }

  /** Runs one world of a seed. */
  static World run(long seed, long nanos) {
    var random = new SplittableRandom(seed);
    var world = new World("seed " + seed, Conditions.random(random), random);
    new Faults(world).run(nanos);
    return world;
  }

  private void run(long nanos) {
    world.trace().line(world.conditions().toString());
    for (var director : world.directors()) {
      world.time().after(random.nextLong(3 * SECOND), director::start);
    }
    end = nanos - calmNanos();
    next();
    world.until(end);
    heal();
    world.until(nanos);
    checkWell();
  }

  private long calmNanos() {
    return 200 * SECOND;
  }

  private void next() {
    world
        .time()
        .after(
            random.nextLong(2 * meanNanos),
            () -> {
              if (world.now() < end) {
                world.invariants().disturbed();
                fault();
                next();
              }
            });
  }

  private void fault() {
    var node = random.nextBoolean() ? Node.PRIMARY : Node.BACKUP;
    var director = world.director(node);
    switch (random.nextInt(22)) {
      case 0 -> director.crashHost();
      case 1 -> director.crashProcess();
      case 2, 3, 4 -> startAll();
      case 5 -> director.stall(random.nextLong(20 * MS, 4 * world.conditions().deadtimeNanos()));
      case 6 -> director.machine().engine(false);
      case 7 -> world.directors().forEach(each -> each.machine().engine(true));
      case 8, 9 -> cut(random.nextInt(world.network().links()), node);
      case 10, 11, 12 -> mend();
      case 13 -> port(node, false);
      case 14 -> target(random.nextBoolean());
      case 15 -> witness(node);
      case 16 -> director.machine().stop(random.nextBoolean());
      case 17 -> director.machine().order(Order.FAILOVER);
      case 18 -> maintain(director);
      case 19, 20 -> reload();
      default -> arp();
    }
  }

  private void startAll() {
    world.directors().forEach(Director::start);
  }

  private void cut(int link, Node from) {
    var isBoth = random.nextBoolean();
    world.trace().line("link " + link + " cut " + (isBoth ? "both ways" : "from " + from));
    world.network().cut(link, from, true, world.now());
    if (isBoth) {
      world.network().cut(link, from.partner(), true, world.now());
    }
  }

  private void port(Node node, boolean isUp) {
    world.trace().line(node + " public port " + (isUp ? "up" : "down"));
    world.network().port(node, isUp, world.now());
    world.director(node).machine().portChanged();
  }

  private void target(boolean isUp) {
    world.trace().line("ping target " + (isUp ? "up" : "down"));
    world.network().target(isUp);
    world.directors().forEach(director -> director.machine().targetsChanged());
  }

  private void witness(Node node) {
    switch (random.nextInt(4)) {
      case 0 -> world.witness().crash();
      case 1 -> world.witness().start();
      default -> world.network().witness(node, random.nextBoolean());
    }
    world.trace().line("witness " + (world.witness().isUp() ? "up" : "down"));
  }

  private void arp() {
    world.trace().line("ARP between the directors cut");
    world.network().arp(true, world.now());
  }

  private void maintain(Director director) {
    director.machine().order(Order.STANDBY);
    world
        .time()
        .after(
            random.nextLong(60 * SECOND),
            () -> {
              world.invariants().disturbed();
              director.machine().order(Order.ONLINE);
            });
  }

  /** Of both, one soon after the other, or of one that the other follows only in the end. */
  private void reload() {
    var names = new TreeSet<>(Set.of("v1"));
    for (var name : List.of("v2", "v3")) {
      if (random.nextBoolean()) {
        names.add(name);
      }
    }
    var isOfBoth = random.nextInt(4) > 0;
    for (var director : world.directors()) {
      if (isOfBoth || random.nextBoolean()) {
        world.time().after(random.nextLong(SECOND), () -> configure(director, names));
      }
    }
  }

  private void configure(Director director, Set<String> names) {
    world.invariants().disturbed();
    director.configure(String.join("", names), names);
  }

  private void mend() {
    world.trace().line("the network heals");
    world.network().heal(world.now());
    world.directors().forEach(director -> director.machine().portChanged());
  }

  private void heal() {
    world.invariants().disturbed();
    world.calm();
    mend();
    world.witness().start();
    startAll();
    world.directors().forEach(director -> director.machine().engine(true));
    world.directors().forEach(director -> configure(director, Set.of("v1", "v2")));
    for (var director : world.directors()) {
      world
          .time()
          .after(
              70 * SECOND,
              () -> {
                director.start();
                director.machine().order(Order.ONLINE);
              });
    }
  }

  private void checkWell() {
    var roles = world.directors().stream().map(director -> director.state().role()).toList();
    var isSettled = roles.contains(Role.ACTIVE) && !roles.stream().allMatch(Role.ACTIVE::equals);
    world.require(isSettled, "ends with " + roles);
    world.require(world.clients().isServed(), "ends without service");
  }
}
