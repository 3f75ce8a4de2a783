// SPDX-License-Identifier: Apache-2.0
/**
 * Plans the table from configuration and health, and reconciles the forwarding engine with it.
 *
 * <p>Uses {@code config} and the engine port. Start with {@link Reconciler}; {@link Planner} is the
 * pure part.
 */
@NullMarked
package org.lvsdirector.lvsd;

import org.jspecify.annotations.NullMarked;
