// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.HashMap;
import java.util.Map;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Input.Order;
import org.lvsdirector.pulse.failover.Progress.Work;

/** What is outside the loop on a director's machine, and what the loop is told of it. */
final class Machine {

  private final World world;
  private final Director director;
  private final Deeds deeds;
  private boolean isEngineWorking = true;
  private long orders;
  private final Map<Long, Long> openOrders = new HashMap<>();

  Machine(World world, Director director) {
    this.world = world;
    this.director = director;
    deeds = new Deeds(world, director);
  }

  Deeds deeds() {
    return deeds;
  }

  void forgetOrders() {
    openOrders.clear();
  }

  /** The process runs: it will learn whether it is fit, and its table fills. */
  void started() {
    for (var link = 0; link < world.network().links(); link++) {
      openLink(link);
    }
    later(world.about(20 * MS), () -> reportFitness());
    if (world.conditions().policy().hasTargets()) {
      later(world.about(10 * MS), this::reportTargets);
    }
    if (world.conditions().policy().isSyncing()) {
      later(world.about(2 * SECOND), () -> sync(true));
    }
  }

  private void openLink(int link) {
    var isOpen = link > 0 || world.network().isPortUp(director.node());
    director.give(new Input.LinkChanged(now(), link, isOpen));
  }

  /** Runs later, if this incarnation still does. */
  private void later(long nanos, Runnable action) {
    var incarnation = director.bootId();
    world.time().after(nanos, () -> director.runs(incarnation, action));
  }

  private long now() {
    return director.local();
  }

  // ---- what the loop is told -------------------------------------------------------------------

  void engine(boolean isWorking) {
    if (isEngineWorking != isWorking) {
      isEngineWorking = isWorking;
      world.trace().line(director.node() + " engine " + (isWorking ? "works" : "fails"));
      later(world.about(5 * MS), this::reportFitness);
    }
  }

  private void reportFitness() {
    director.give(
        new Input.FitnessChanged(now(), isEngineWorking, isEngineWorking ? "" : "engine fails"));
  }

  void reportTargets() {
    var isReached = world.network().reachesTarget(director.node());
    director.give(new Input.TargetsChanged(now(), isReached));
  }

  void sync(boolean isInSync) {
    director.give(new Input.SyncReported(now(), world.now() / MS, isInSync));
  }

  /** The state of the public port is seen at once, that of the ping target after deadtime. */
  void portChanged() {
    later(MS, () -> openLink(0));
    targetsChanged();
  }

  void targetsChanged() {
    if (world.conditions().policy().hasTargets()) {
      later(world.conditions().deadtimeNanos(), this::reportTargets);
    }
  }

  void order(Order order) {
    if (director.isRunning()) {
      world.trace().line(director.node() + " is ordered " + order);
      openOrders.put(++orders, world.now());
      director.give(new Input.Ordered(now(), orders, order));
    }
  }

  void stop(boolean isReleasing) {
    if (director.isRunning()) {
      world.trace().line(director.node() + " is told to stop");
      director.give(new Input.StopRequested(now(), isReleasing));
    }
  }

  // ---- what others see -------------------------------------------------------------------------

  boolean isHolding() {
    return deeds.isHolding();
  }

  /** An order has its answer. */
  void orderEnded(long id) {
    world.require(openOrders.remove(id) != null, "an order ended twice");
  }

  boolean isEngineWorking() {
    return isEngineWorking;
  }

  /** Whether an order is open for longer than this. */
  boolean hasForgottenOrder(long nanos) {
    return !openOrders.isEmpty()
        && openOrders.values().stream().anyMatch(since -> world.now() - since > nanos);
  }

  /** Whether addresses are here though the loop holds, takes and gives up nothing. */
  boolean isHoldingAstray() {
    return isHolding()
        && director.isUp()
        && switch (director.state().role()) {
          case ACTIVE, YIELDING -> false;
          case CLAIMING -> isGathering() && !director.state().active().hasFound();
          case STARTING -> !director.state().active().hasFound();
          case STANDBY, MAINTENANCE, FAULT -> true;
        };
  }

  private boolean isGathering() {
    var work = director.state().progress().pending();
    return work != null && work.work() == Work.GATHER;
  }

  /** Whether the loop believes to hold what lvs.cf says, and other addresses are here. */
  boolean isHoldingOthers() {
    var renewal = director.state().active().renewal();
    var isBelieving = !renewal.isDue() && renewal.id() == 0 && !renewal.hasFailed();
    return director.isActive() && isBelieving && !deeds.isHoldingAll();
  }

  boolean isActiveWithoutAddresses() {
    return director.isUp() && director.state().role() == Role.ACTIVE && !isHolding();
  }
}
