// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Health;

/**
 * Turns check results into a verdict. The first good or bad result decides at once, so that a
 * director that just started has verdicts after one round of checks. From then on a server goes
 * down after {@code fall} bad results in a row and comes back after {@code rise} good ones in a
 * row. An undecided result changes no verdict and interrupts no row. Pure.
 */
public final class HealthGate {
  private HealthGate() {}

  /**
   * How many results in a row turn a verdict.
   *
   * @param rise good results that bring a server back, at least 1
   * @param fall bad results that take a server out, at least 1
   */
  public record Settings(int rise, int fall) {
    public Settings {
      if (rise < 1 || fall < 1) {
        throw new IllegalArgumentException("rise and fall are at least 1: " + rise + ", " + fall);
      }
    }
  }

  /**
   * What is known of one server.
   *
   * @param verdict the verdict
   * @param sinceNanos monotonic time of the last change of the verdict, or of the beginning
   * @param contrary results in a row that spoke against the verdict, up to now
   * @param counts all results since the beginning
   * @param last the last result; null before the first one
   * @param lastNanos monotonic time of the last result, or of the beginning
   */
  public record State(
      Health.State verdict,
      long sinceNanos,
      int contrary,
      Counts counts,
      @Nullable CheckResult last,
      long lastNanos) {

    /** Nothing is known yet. */
    public static State unknown(long nowNanos) {
      return new State(Health.State.UNKNOWN, nowNanos, 0, Counts.NONE, null, nowNanos);
    }
  }

  /** How many results of each kind there were. */
  public record Counts(long good, long bad, long undecided) {
    static final Counts NONE = new Counts(0, 0, 0);

    private Counts plus(CheckResult result) {
      return switch (result) {
        case CheckResult.Good _ -> new Counts(good + 1, bad, undecided);
        case CheckResult.Bad _ -> new Counts(good, bad + 1, undecided);
        case CheckResult.Undecided _ -> new Counts(good, bad, undecided + 1);
      };
    }
  }

  /**
   * What a result led to.
   *
   * @param next the state from now on
   * @param isChanged whether the verdict changed
   */
  public record Step(State next, boolean isChanged) {}

  /** Takes one result into account. */
  public static Step step(Settings settings, State state, CheckResult result, long nowNanos) {
    return switch (result) {
      case CheckResult.Good _ -> decided(state, Health.State.UP, settings.rise, result, nowNanos);
      case CheckResult.Bad _ -> decided(state, Health.State.DOWN, settings.fall, result, nowNanos);
      case CheckResult.Undecided _ ->
          new Step(next(state, state.contrary, result, nowNanos), false);
    };
  }

  private static Step decided(
      State state, Health.State says, int needed, CheckResult result, long nowNanos) {
    if (state.verdict == says) {
      return new Step(next(state, 0, result, nowNanos), false);
    }
    var contrary = state.contrary + 1;
    if (state.verdict != Health.State.UNKNOWN && contrary < needed) {
      return new Step(next(state, contrary, result, nowNanos), false);
    }
    var counts = state.counts.plus(result);
    return new Step(new State(says, nowNanos, 0, counts, result, nowNanos), true);
  }

  private static State next(State state, int contrary, CheckResult result, long nowNanos) {
    var counts = state.counts.plus(result);
    return new State(state.verdict, state.sinceNanos, contrary, counts, result, nowNanos);
  }
}
