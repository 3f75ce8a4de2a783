package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.HashMap;
import java.util.Map;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.Effect;
import org.lvsdirector.pulse.Input;
import org.lvsdirector.pulse.Input.Order;

/** What is outside the loop on a director's machine: addresses, disk, engine; it does effects. */
final class Machine {

  private final World world;
  private final Director director;
  private boolean isHolding;
  private boolean isEngineWorking = true;
  private boolean isAcquireDenied;
  private boolean isAcquiredLast;
  private long persistedTerm;
  private boolean isMaintenancePersisted;
  private long workerFreeAt;
  private long hangsUntil;
  private long orders;
  private final Map<Long, Long> openOrders = new HashMap<>();

  Machine(World world, Director director) {
    this.world = world;
    this.director = director;
  }

  void crash() {
    isHolding = false;
    workerFreeAt = 0;
    hangsUntil = 0;
  }

  void forgetOrders() {
    openOrders.clear();
  }

  /** The process runs: it will learn whether it is fit, and its table fills. */
  void started() {
    isAcquiredLast = isHolding;
    workerFreeAt = world.now();
    hangsUntil = 0;
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

  void denyAcquire(boolean isDenied) {
    isAcquireDenied = isDenied;
  }

  // ---- effects ---------------------------------------------------------------------------------

  void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Journal _ -> {}
      case Effect.HeartbeatNow _ -> director.send();
      case Effect.PersistTerm(var id, var term, var isMaintained) ->
          persist(id, term, isMaintained);
      case Effect.Acquire(var id) -> acquire(id);
      case Effect.Release(var id) -> release(id);
      case Effect.Announce(var id) -> announce(id);
      case Effect.PingTargets(var id) -> ping(id);
      case Effect.ProbeAddresses(var id) -> probe(id);
      case Effect.AskWitness(var id, var term, var isActive) -> ask(id, term, isActive);
      case Effect.SyncRole(var id, _) -> later(world.about(2 * MS), () -> answer(id));
      case Effect.ReturnLease(var term) -> world.witness().giveBack(director.node(), term);
      case Effect.StopPartner _ -> {}
      case Effect.Beacon _ -> {
        world.require(isHolding, director.node() + " sends a beacon without the addresses");
        world.announce(director);
      }
      case Effect.Notify(var notice) -> note(notice.kind() + ": " + notice.text());
      case Effect.OrderEnded(var id, var isDone, var reason) -> {
        world.require(openOrders.remove(id) != null, "an order ended twice");
        world.trace().line(director.node() + " order " + (isDone ? "done" : "not done: " + reason));
      }
      case Effect.Stopped(var isReleased) -> {
        world.require(!isReleased || !isHolding, director.node() + " has not released");
        director.stopped();
      }
    }
  }

  private void note(String text) {
    if (!text.startsWith("ROLE")) {
      world.trace().line(director.node() + " notice " + text);
    }
  }

  private void answer(long id) {
    director.give(
        director.isEffectFailing()
            ? new Input.EffectFailed(now(), id, "EIO")
            : new Input.EffectDone(now(), id));
  }

  private void persist(long id, long term, boolean isMaintained) {
    var isLost = director.isEffectFailing();
    later(
        world.about(3 * MS),
        () -> {
          persistedTerm = isLost ? persistedTerm : Math.max(persistedTerm, term);
          isMaintenancePersisted = isLost ? isMaintenancePersisted : isMaintained;
          director.give(
              isLost
                  ? new Input.EffectFailed(now(), id, "ENOSPC")
                  : new Input.EffectDone(now(), id));
        });
  }

  private void acquire(long id) {
    world.require(director.state().fitness().isFit(), director.node() + " acquires though unfit");
    world.require(
        !isAcquiredLast || isHolding, director.node() + " acquires again without a release");
    isAcquiredLast = true;
    var isFailing = isAcquireDenied || director.isEffectFailing();
    work(
        () -> {
          isHolding = isHolding || !isFailing;
          director.give(
              isFailing
                  ? new Input.EffectFailed(now(), id, "EPERM")
                  : new Input.EffectDone(now(), id));
        });
  }

  private void release(long id) {
    world.require(isAcquiredLast, director.node() + " releases again without an acquire");
    var isFailing = director.isEffectFailing();
    isAcquiredLast = isFailing;
    work(
        () -> {
          isHolding = isHolding && isFailing;
          director.give(
              isFailing
                  ? new Input.EffectFailed(now(), id, "EIO")
                  : new Input.EffectDone(now(), id));
        });
  }

  /** One thing after the other; now and then one hangs for long. */
  private void work(Runnable action) {
    var isHang = director.isEffectFailing() && world.chance(5);
    var nanos = isHang ? 15 * SECOND : world.about(5 * MS);
    workerFreeAt = Math.max(workerFreeAt, world.now()) + nanos;
    hangsUntil = isHang ? workerFreeAt : hangsUntil;
    later(workerFreeAt - world.now(), action);
  }

  private void announce(long id) {
    world.require(isHolding, director.node() + " announces what it does not hold");
    var isFailing = director.isEffectFailing();
    if (!isFailing) {
      world.announce(director);
    }
    later(
        MS,
        () ->
            director.give(
                isFailing
                    ? new Input.EffectFailed(now(), id, "ENETDOWN")
                    : new Input.EffectDone(now(), id)));
  }

  /** No answer comes from a target that is not reached: it is given up after a while. */
  private void ping(long id) {
    var isReached = world.network().reachesTarget(director.node());
    later(
        isReached ? MS : 50 * MS,
        () ->
            director.give(
                isReached
                    ? new Input.EffectDone(now(), id)
                    : new Input.EffectFailed(now(), id, "no target answers")));
  }

  private void probe(long id) {
    later(
        world.about(20 * MS),
        () -> {
          var other = world.director(director.node().partner());
          var isForeign = other.machine().isHolding() && world.network().carriesArp();
          director.give(new Input.Probed(now(), id, isForeign));
        });
  }

  private void ask(long id, long term, boolean isActive) {
    var incarnation = director.bootId();
    world
        .witness()
        .ask(
            director.node(),
            term,
            isActive,
            answer ->
                director.runs(
                    incarnation,
                    () ->
                        director.give(
                            new Input.WitnessAnswered(
                                now(), id, answer.isGranted(), answer.forNanos()))));
  }

  // ---- what others see -------------------------------------------------------------------------

  boolean isHolding() {
    return isHolding;
  }

  boolean isEngineWorking() {
    return isEngineWorking;
  }

  long persistedTerm() {
    return persistedTerm;
  }

  /** Whether the thread that takes and gives up the addresses hangs. */
  boolean isHanging() {
    return world.now() < hangsUntil;
  }

  boolean isMaintenancePersisted() {
    return isMaintenancePersisted;
  }

  /** Whether an order is open for longer than this. */
  boolean hasForgottenOrder(long nanos) {
    return !openOrders.isEmpty()
        && openOrders.values().stream().anyMatch(since -> world.now() - since > nanos);
  }

  /** Whether addresses are here though the loop holds, takes and gives up nothing. */
  boolean isHoldingAstray() {
    return isHolding
        && director.isUp()
        && switch (director.state().role()) {
          case ACTIVE, CLAIMING, YIELDING -> false;
          case STARTING -> !director.state().holding().hasFound();
          case STANDBY, MAINTENANCE, FAULT -> true;
        };
  }

  boolean isActiveWithoutAddresses() {
    return director.isUp() && director.state().role() == Role.ACTIVE && !isHolding;
  }
}
