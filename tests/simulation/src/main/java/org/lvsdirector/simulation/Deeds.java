// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Input;

/** What a director's effects do: to the addresses, the disk, the network and the witness. */
final class Deeds {

  private final World world;
  private final Director director;
  private Set<String> held = Set.of();
  private Set<String> meant = Set.of();
  private Set<String> asked = Set.of();
  private Set<String> denied = Set.of();
  private boolean isAcquireDenied;
  private boolean isDiskHanging;
  private boolean isAcquiredLast;
  private long persistedTerm;
  private boolean isMaintenancePersisted;
  private long workerFreeAt;
  private long hangsUntil;

  Deeds(World world, Director director) {
    this.world = world;
    this.director = director;
  }

  /** The machine is off: the addresses are gone, what is on the disk stays. */
  void crash() {
    held = Set.of();
    workerFreeAt = 0;
    hangsUntil = 0;
  }

  /** A process begins, with what is there. */
  void starting(Set<String> addresses) {
    meant = addresses;
    isAcquiredLast = isHolding();
    workerFreeAt = world.now();
    hangsUntil = 0;
  }

  /** What is written from now on never ends. */
  void hangDisk() {
    isDiskHanging = true;
  }

  void denyAcquire(boolean isDenied) {
    isAcquireDenied = isDenied;
  }

  /** These addresses cannot be taken, the others can. */
  void deny(String... addresses) {
    denied = Set.of(addresses);
  }

  /** The effects from now on mean these addresses. */
  void mean(Set<String> addresses) {
    meant = addresses;
  }

  /** Runs later, if this incarnation still does. */
  private void later(long nanos, Runnable action) {
    var incarnation = director.bootId();
    world.time().after(nanos, () -> director.runs(incarnation, action));
  }

  private long now() {
    return director.local();
  }

  // ---- effects ---------------------------------------------------------------------------------

  void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Journal _ -> {}
      case Effect.HeartbeatNow _ -> director.send();
      case Effect.PersistTerm(var id, var term, var isMaintained) ->
          persist(id, term, isMaintained);
      case Effect.Acquire(var id) -> acquire(id);
      case Effect.TryAddresses(var id) -> tryAddresses(id);
      case Effect.Release(var id, _) -> release(id);
      case Effect.Announce(var id) -> announce(id);
      case Effect.PingTargets(var id) -> ping(id);
      case Effect.ProbeAddresses(var id) -> probe(id);
      case Effect.AskWitness(var id, var term, var isActive) -> ask(id, term, isActive);
      case Effect.SyncRole(var id, _) -> later(world.about(2 * MS), () -> answer(id));
      case Effect.ReturnLease(var term) -> world.witness().giveBack(director.node(), term);
      case Effect.StopPartner _ -> {}
      case Effect.Beacon _ -> {
        world.require(isHolding(), director.node() + " sends a beacon without the addresses");
        world.announce(director);
      }
      case Effect.Notify(var notice) -> note(notice.kind() + ": " + notice.text());
      case Effect.OrderEnded(var id, var isDone, var reason) -> {
        director.machine().orderEnded(id);
        world.trace().line(director.node() + " order " + (isDone ? "done" : "not done: " + reason));
      }
      case Effect.Stopped(var isReleased) -> {
        world.require(!isReleased || !isHolding(), director.node() + " has not released");
        director.stopped();
      }
    }
  }

  private boolean isFailing() {
    var isFailing = !world.isCalm() && world.chance(world.conditions().failingPercent());
    if (isFailing) {
      world.invariants().disturbed();
    }
    return isFailing;
  }

  private void note(String text) {
    if (!text.startsWith("ROLE")) {
      world.trace().line(director.node() + " notice " + text);
    }
  }

  private void answer(long id) {
    director.give(
        isFailing() ? new Input.EffectFailed(now(), id, "EIO") : new Input.EffectDone(now(), id));
  }

  private void persist(long id, long term, boolean isMaintained) {
    if (isDiskHanging) {
      return;
    }
    var isLost = isFailing();
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
    world.require(
        director.state().fitness().isFit() || director.state().role() == Role.ACTIVE,
        director.node() + " acquires though unfit");
    var list = meant;
    world.require(
        !isAcquiredLast || isHolding() || !list.equals(asked),
        director.node() + " acquires again without a release");
    asked = list;
    isAcquiredLast = true;
    var isFailing = isAcquireDenied || isFailing();
    work(
        () -> {
          if (!isFailing) {
            hold(list);
          }
          director.give(
              isFailing || !held.equals(list)
                  ? new Input.EffectFailed(now(), id, "EPERM")
                  : new Input.EffectDone(now(), id));
        });
  }

  /** What would fail by chance later passes a trial. */
  private void tryAddresses(long id) {
    var isFailing = isFailing();
    work(
        () ->
            director.give(
                isFailing || !isAllowed()
                    ? new Input.EffectFailed(now(), id, "take the addresses: EPERM")
                    : new Input.EffectDone(now(), id)));
  }

  private void hold(Set<String> list) {
    var taken = new TreeSet<>(list);
    taken.removeAll(denied);
    if (isHolding() && !taken.equals(held)) {
      world.trace().line(director.node() + " holds " + String.join(" ", taken));
    }
    held = taken;
  }

  private void release(long id) {
    world.require(isAcquiredLast, director.node() + " releases again without an acquire");
    var isFailing = isFailing();
    isAcquiredLast = isFailing;
    work(
        () -> {
          held = isFailing ? held : Set.of();
          director.give(
              isFailing
                  ? new Input.EffectFailed(now(), id, "EIO")
                  : new Input.EffectDone(now(), id));
        });
  }

  /** One thing after the other; now and then one hangs for long. */
  private void work(Runnable action) {
    var isHang = isFailing() && world.chance(5);
    var nanos = isHang ? 15 * SECOND : world.about(5 * MS);
    workerFreeAt = Math.max(workerFreeAt, world.now()) + nanos;
    hangsUntil = isHang ? workerFreeAt : hangsUntil;
    later(workerFreeAt - world.now(), action);
  }

  private void announce(long id) {
    world.require(isHolding(), director.node() + " announces what it does not hold");
    var isFailing = isFailing();
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
    return !held.isEmpty();
  }

  Set<String> held() {
    return held;
  }

  /** Whether the kernel would let this machine hold what the process means. */
  boolean isAllowed() {
    return !isAcquireDenied && Collections.disjoint(meant, denied);
  }

  /** Whether exactly those addresses are here that the process means. */
  boolean isHoldingAll() {
    return held.equals(meant);
  }

  long persistedTerm() {
    return persistedTerm;
  }

  boolean isMaintenancePersisted() {
    return isMaintenancePersisted;
  }

  /** Whether the thread that takes and gives up the addresses hangs. */
  boolean isHanging() {
    return world.now() < hangsUntil;
  }
}
