// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;

import java.util.function.Consumer;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.witness.Witness;

/** The machine of the witness. */
final class WitnessHost {

  private static final String PAIR = "pair";

  private final World world;
  private final long leaseNanos;
  private Witness.State state = Witness.State.initial(0);
  private boolean isUp = true;
  private boolean isLying;

  WitnessHost(World world, long leaseNanos) {
    this.world = world;
    this.leaseNanos = leaseNanos;
  }

  boolean isUp() {
    return isUp;
  }

  /** Whether it has started so lately that it may not know who has a lease. */
  boolean hasStartedWithin(long nanos) {
    return state.startedNanos() > 0 && world.now() - state.startedNanos() <= nanos;
  }

  void crash() {
    isUp = false;
  }

  void start() {
    if (!isUp) {
      isUp = true;
      state = Witness.State.initial(world.now());
    }
  }

  /** Asks; there is no answer when question or answer does not get through. */
  void ask(Node node, long term, boolean isHolding, Consumer<Witness.Answer> reply) {
    world.time().after(MS, () -> answer(node, term, isHolding, reply));
  }

  private void answer(Node node, long term, boolean isHolding, Consumer<Witness.Answer> reply) {
    if (!isUp || !world.network().reachesWitness(node)) {
      return;
    }
    var question = new Witness.Question.Ask(world.now(), PAIR, node, term, isHolding);
    var answer = isLying ? lie() : Witness.step(leaseNanos, state, question);
    state = answer.next();
    world.time().after(MS, () -> reply(node, answer, reply));
  }

  /** From now on it answers anything, or no longer. */
  void lie(boolean isNowLying) {
    isLying = isNowLying;
  }

  private Witness.Answer lie() {
    var random = world.random();
    var nanos = random.nextBoolean() ? Long.MAX_VALUE : random.nextLong();
    return new Witness.Answer(state, random.nextBoolean(), nanos);
  }

  private void reply(Node node, Witness.Answer answer, Consumer<Witness.Answer> reply) {
    if (world.network().reachesWitness(node)) {
      reply.accept(answer);
    }
  }

  void giveBack(Node node, long term) {
    world.time().after(MS, () -> takeBack(node, term));
  }

  private void takeBack(Node node, long term) {
    if (isUp && world.network().reachesWitness(node)) {
      var question = new Witness.Question.Return(world.now(), PAIR, node, term);
      state = Witness.step(leaseNanos, state, question).next();
    }
  }
}
