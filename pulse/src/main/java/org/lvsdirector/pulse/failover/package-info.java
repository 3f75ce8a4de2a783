/**
 * The failover decision: a pure function of a state, an input and the time.
 *
 * <pre>
 *   State --+
 *   Input --+--&gt; Failover.step --&gt; State', effects
 *   now   --+
 *
 *   InputRules, OutcomeRules                          what an input changes in what is known
 *   StandbyRules, ActiveRules, HandoverRules, ...     what follows from all that is known
 *   HearingRules, ClaimRules, YieldRules              to hear, to take and to give up
 *   OfferRules, ErrandRules, WitnessRules, RivalRules what the rules above share
 *   Decision                                          the step under way: the groups of the state
 * </pre>
 *
 * <p>A class calls those in its own line or below, and never one that calls it. Each reads the
 * whole state and writes what it owns.
 *
 * <p>No clock, thread, socket, file or logger, nor any class that has one. Start with {@link
 * Failover}; {@link TransitionTable} says which transitions there are.
 */
@NullMarked
package org.lvsdirector.pulse.failover;

import org.jspecify.annotations.NullMarked;
