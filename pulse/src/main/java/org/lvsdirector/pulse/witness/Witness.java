// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import java.util.HashMap;
import java.util.Map;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Failover;

/**
 * Decides who of a pair has the lease, for any number of pairs. Pure, as {@link Failover} is.
 *
 * <p>A lease belongs to one node until it ends, is renewed, or is given back. Leases are kept in
 * memory only: a witness that has just started does not know who has one, so for the time of a
 * lease it grants none to a claimant, and any to a node that says it is active.
 */
public final class Witness {

  private Witness() {}

  /** What a witness is asked. */
  public sealed interface Question {
    /** On a monotonic clock. */
    long nowNanos();

    /** The pair it is about. */
    String pair();

    /** Who asks. */
    Node node();

    /** The term of the one who asks. */
    long term();

    /**
     * For the lease, or for more of it.
     *
     * @param isHolding whether the node is active already
     */
    record Ask(long nowNanos, String pair, Node node, long term, boolean isHolding)
        implements Question {}

    /** To take the lease back. */
    record Return(long nowNanos, String pair, Node node, long term) implements Question {}
  }

  /**
   * All that a witness remembers.
   *
   * @param startedNanos when it started
   * @param leases the lease of each pair
   */
  public record State(long startedNanos, Map<String, Held> leases) {
    public State {
      leases = Map.copyOf(leases);
    }

    /** A witness that has just started. */
    public static State initial(long nowNanos) {
      return new State(nowNanos, Map.of());
    }
  }

  /**
   * One lease.
   *
   * @param node who has it
   * @param term with which term
   * @param untilNanos until when
   */
  public record Held(Node node, long term, long untilNanos) {}

  /**
   * The answer to a question.
   *
   * @param next the state from now on
   * @param isGranted whether the node has the lease
   * @param forNanos for how long or, when refused, how long to wait at most
   */
  public record Answer(State next, boolean isGranted, long forNanos) {}

  /** What follows from a question. */
  public static Answer step(long leaseNanos, State state, Question question) {
    return switch (question) {
      case Question.Ask ask -> ask(leaseNanos, state, ask);
      case Question.Return back -> giveBack(state, back);
    };
  }

  private static Answer ask(long leaseNanos, State state, Question.Ask ask) {
    var held = state.leases().get(ask.pair());
    if (held == null && !ask.isHolding()) {
      var knownFrom = state.startedNanos() + leaseNanos;
      if (ask.nowNanos() < knownFrom) {
        return new Answer(state, false, knownFrom - ask.nowNanos());
      }
    }
    if (held != null && held.node() != ask.node() && ask.nowNanos() < held.untilNanos()) {
      return new Answer(state, false, held.untilNanos() - ask.nowNanos());
    }
    var leases = new HashMap<>(state.leases());
    leases.put(ask.pair(), new Held(ask.node(), ask.term(), ask.nowNanos() + leaseNanos));
    return new Answer(new State(state.startedNanos(), leases), true, leaseNanos);
  }

  /**
   * The state without leases that have ended, which say no more than that there is none, once a
   * witness has run for the time of a lease.
   */
  public static State forget(State state, long nowNanos) {
    var leases = new HashMap<>(state.leases());
    leases.values().removeIf(held -> held.untilNanos() <= nowNanos);
    return new State(state.startedNanos(), leases);
  }

  /** A claim of an older term that returns late takes nothing from a newer one. */
  private static Answer giveBack(State state, Question.Return back) {
    var held = state.leases().get(back.pair());
    if (held == null || held.node() != back.node() || held.term() > back.term()) {
      return new Answer(state, false, 0);
    }
    var leases = new HashMap<>(state.leases());
    leases.put(back.pair(), new Held(held.node(), held.term(), back.nowNanos()));
    return new Answer(new State(state.startedNanos(), leases), false, 0);
  }
}
