// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import java.util.List;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Hearing;
import org.lvsdirector.pulse.failover.Partner;
import org.lvsdirector.pulse.failover.State;

/** Which heartbeats a director has taken, in the simulator's own bookkeeping: the old ones. */
final class Inbox {

  private final World world;
  private final Director director;
  private long newestBoot;
  private long newestSequence;
  private final long[] sequences;
  private long heardLocal;

  Inbox(World world, Director director) {
    this.world = world;
    this.director = director;
    sequences = new long[world.network().links()];
  }

  /** The director starts, and has heard nothing. */
  void clear() {
    newestBoot = 0;
    forget();
    heardLocal = director.local();
  }

  private void forget() {
    newestSequence = 0;
    java.util.Arrays.fill(sequences, 0);
  }

  /** How long nothing was taken that was sent later than all before, on the director's clock. */
  long silenceNanos() {
    return director.local() - heardLocal;
  }

  /** Whether a heartbeat says nothing new on its link. */
  boolean isOld(int link, Word word) {
    return word.boot() < newestBoot
        || word.boot() == newestBoot && word.heartbeat().sequence() <= newestSequence;
  }

  /** Looks at what a heartbeat has changed; an old one must have changed nothing. */
  void heard(int link, Word word, State before, State after, List<Effect> effects) {
    var sequence = word.heartbeat().sequence();
    var isOldBoot = word.boot() < newestBoot;
    var isOld = isOldBoot || word.boot() == newestBoot && sequence <= sequences[link];
    if (world.recordingNanos() > 0) {
      tookIfTaken(link, word, before, after);
    } else if (isOld) {
      requireNothing(before, after, effects, "an old heartbeat changes");
    } else if (before.partner().equals(after.partner())) {
      world.require(
          word.boot() > newestBoot || isFarBehind(sequence),
          director.node() + " ignores a new heartbeat");
    } else {
      if (word.boot() == newestBoot && sequence < newestSequence) {
        var same = with(before, after.partner());
        requireNothing(same, after, effects, "a heartbeat that is old on another link changes");
        world.require(
            isSameButLinks(before.partner(), after.partner()),
            director.node() + " takes an older word");
      }
      took(link, word);
    }
  }

  private void tookIfTaken(int link, Word word, State before, State after) {
    if (!before.partner().equals(after.partner())) {
      took(link, word);
    }
  }

  /** By more than a slow link explains. */
  private boolean isFarBehind(long sequence) {
    var settings = director.settings();
    return newestSequence - sequence > settings.deadtimeNanos() / settings.keepaliveNanos();
  }

  private void took(int link, Word word) {
    if (word.boot() != newestBoot) {
      forget();
      newestBoot = word.boot();
    }
    sequences[link] = word.heartbeat().sequence();
    if (sequences[link] > newestSequence) {
      newestSequence = sequences[link];
      heardLocal = director.local();
    }
  }

  private void requireNothing(State before, State after, List<Effect> effects, String what) {
    if (!effects.isEmpty() || !after.equals(before)) {
      throw world.failure(
          director.node() + ": " + what + "\n" + before + "\nto\n" + after + "\nwith " + effects);
    }
  }

  private static boolean isSameButLinks(Partner before, Partner after) {
    return new Partner(
            before.last(),
            before.heardNanos(),
            before.roleSinceNanos(),
            before.idleSinceNanos(),
            before.activeAtNanos(),
            before.leap(),
            after.links(),
            before.retired())
        .equals(after);
  }

  private static State with(State state, Partner partner) {
    var hearing = state.hearing();
    return new State(
        state.standing(),
        new Hearing(
            partner,
            hearing.listenFromNanos(),
            hearing.openLinks(),
            hearing.triedLinks(),
            hearing.deafFromNanos()),
        state.progress(),
        state.fitness(),
        state.evidence(),
        state.active(),
        state.lease(),
        state.orders(),
        state.nextEffectId());
  }
}
