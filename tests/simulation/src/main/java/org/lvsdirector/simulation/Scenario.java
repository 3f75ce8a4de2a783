// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Input.Order;

/** A world in which nothing is random, told what happens when; its transcript is the result. */
final class Scenario {

  private static final long SEED = 1;

  private final World world;

  private Scenario(String name, Conditions conditions) {
    world = new World(name, conditions, new SplittableRandom(SEED));
  }

  /** Nothing runs yet. */
  static Scenario empty(String name, Conditions conditions) {
    return new Scenario(name, conditions);
  }

  /** The primary is active and the backup standby when ten seconds have passed. */
  static Scenario settled(String name, Conditions conditions) {
    var scenario = new Scenario(name, conditions);
    scenario.director(Node.PRIMARY).start();
    scenario.at(200, on -> on.director(Node.BACKUP).start());
    scenario.until(10_000);
    scenario.world.trace().line("---- settled ----");
    return scenario;
  }

  /** Plans what happens so many milliseconds after the start. */
  Scenario at(long millis, Consumer<Scenario> action) {
    world.time().after(millis * MS - world.now(), () -> action.accept(this));
    return this;
  }

  Scenario until(long millis) {
    world.until(millis * MS);
    return this;
  }

  /** Runs the next event until then; false when there is none. */
  boolean next(long millis) {
    return world.next(millis * MS);
  }

  Director director(Node node) {
    return world.director(node);
  }

  World world() {
    return world;
  }

  void say(String what) {
    world.trace().line("==== " + what);
  }

  void order(Node node, Order order) {
    director(node).machine().order(order);
  }

  /** Cuts or mends what one node sends on a link. */
  void cutFrom(Node node, int link, boolean isCut) {
    say("link " + link + " from " + node + (isCut ? " cut" : " mended"));
    world.network().cut(link, node, isCut, world.now());
  }

  /** Cuts or mends a link both ways; what else the public network carries goes on. */
  void cut(int link, boolean isCut) {
    cutFrom(Node.PRIMARY, link, isCut);
    cutFrom(Node.BACKUP, link, isCut);
  }

  /** Cuts or mends both links both ways. */
  void cutBoth(boolean isCut) {
    cut(0, isCut);
    cut(1, isCut);
  }

  /** Nothing gets from one director to the other any more. */
  void partition() {
    cutBoth(true);
    arp(true);
  }

  /** The network carries everything again. */
  void heal() {
    say("heals");
    world.network().heal(world.now());
  }

  /** The cable of a node's public port. */
  void port(Node node, boolean isUp) {
    say(node + " public port " + (isUp ? "up" : "down"));
    world.network().port(node, isUp, world.now());
    director(node).machine().portChanged();
  }

  void arp(boolean isCut) {
    say("ARP between the directors " + (isCut ? "cut" : "mended"));
    world.network().arp(isCut, world.now());
  }

  void witness(Node node, boolean isCut) {
    say("witness " + (isCut ? "out of reach of " : "reached by ") + node);
    world.network().witness(node, isCut);
  }

  /** What happened, with how the directors ended. */
  String transcript() {
    for (var director : world.directors()) {
      var role = director.isUp() ? director.state().role().name() : "down";
      var holds = director.machine().isHolding() ? ", holds the addresses" : "";
      world.trace().line(director.node() + " is " + role + holds);
    }
    world
        .trace()
        .line(
            "clients: worst outage "
                + world.clients().worstNanos() / MS
                + " ms, "
                + (world.clients().isServed() ? "served" : "not served"));
    return world.trace().toString();
  }
}
