// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.util.List;
import java.util.Optional;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableOp;

/** Decides when trouble with the engine makes a director unfit. Pure. */
final class FitnessGate {
  /** So many reconciliations in a row must have the same kind of trouble. */
  static final int TROUBLES_UNTIL_NOT_FIT = 3;

  private FitnessGate() {}

  /**
   * What is known so far.
   *
   * @param fitness the verdict
   * @param troubles reconciliations in trouble, in a row
   */
  record State(Fitness fitness, int troubles) {
    static final State INITIAL = new State(new Fitness.NotFit("no configuration yet"), 0);
  }

  /** How one reconciliation went. */
  sealed interface Outcome {
    /** The engine follows. */
    record Follows() implements Outcome {}

    /** The engine says of itself that it does not work. */
    record Unusable(String reason) implements Outcome {}

    /** The engine did not do what it must. */
    record Trouble(String reason) implements Outcome {}
  }

  /** Unusable counts at once; other trouble when it lasts, or when it was never otherwise. */
  static State step(State state, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Follows() -> new State(new Fitness.Fit(), 0);
      case Outcome.Unusable(var reason) ->
          new State(new Fitness.NotFit("the engine is unusable: " + reason), state.troubles + 1);
      case Outcome.Trouble(var reason) -> trouble(state, reason);
    };
  }

  private static State trouble(State state, String reason) {
    var troubles = state.troubles + 1;
    var isBorne = state.fitness instanceof Fitness.Fit && troubles < TROUBLES_UNTIL_NOT_FIT;
    return new State(isBorne ? state.fitness : new Fitness.NotFit(reason), troubles);
  }

  /**
   * Refusals that make a director unfit: a change or removal is refused, so that connections go
   * where they should not; or of the desired services none is held. A refused addition among others
   * that work is no reason: the partner has the same file and would hardly do better, and a
   * director that serves some is better than none.
   */
  static Outcome outcome(List<Refusal> refusals, Table desired, Table held) {
    var stale =
        refusals.stream()
            .filter(refusal -> !isAddition(refusal.change()))
            .map(refusal -> "the engine refuses a change: " + refusal.reason())
            .findFirst();
    return stale
        .or(() -> nothingHeld(refusals, desired, held))
        .<Outcome>map(Outcome.Trouble::new)
        .orElseGet(Outcome.Follows::new);
  }

  private static Optional<String> nothingHeld(List<Refusal> refusals, Table desired, Table held) {
    var isHolding = desired.services().keySet().stream().anyMatch(held.services()::containsKey);
    return isHolding || desired.services().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the engine holds none of the services"
                + (refusals.isEmpty() ? "" : ": " + refusals.getFirst().reason()));
  }

  private static boolean isAddition(TableOp change) {
    return switch (change) {
      case TableOp.AddService _, TableOp.AddServer _ -> true;
      case TableOp.SetService _,
          TableOp.SetServer _,
          TableOp.DeleteService _,
          TableOp.DeleteServer _ ->
          false;
    };
  }
}
