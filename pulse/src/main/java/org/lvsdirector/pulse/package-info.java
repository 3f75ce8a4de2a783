// SPDX-License-Identifier: Apache-2.0
/**
 * The loop of pulse: one thread that gives inputs to the failover decision and carries out its
 * effects.
 *
 * <pre>
 *   links, orders, fitness, answers --&gt; inbox --&gt; PulseLoop --&gt; Failover.step --&gt; effects
 *                                         ^                                        |
 *                                         +------- what came of them &lt;-- EffectRunner
 * </pre>
 *
 * <p>Uses all packages below it. Start with {@link Pulse}, then {@code failover.Failover}.
 */
@NullMarked
package org.lvsdirector.pulse;

import org.jspecify.annotations.NullMarked;
