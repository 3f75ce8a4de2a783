// SPDX-License-Identifier: Apache-2.0
/**
 * The failover decision: a pure function of a state, an input and the time.
 *
 * <pre>
 *   State --+
 *   Input --+--&gt; Failover.step --&gt; State', effects
 *   now   --+        settle: the rules of the role, until nothing changes
 * </pre>
 *
 * <p>No clock, thread, socket, file or logger, nor any class that has one. Start with {@link
 * Failover}; {@link TransitionTable} says which transitions there are.
 */
@NullMarked
package org.lvsdirector.pulse.failover;

import org.jspecify.annotations.NullMarked;
