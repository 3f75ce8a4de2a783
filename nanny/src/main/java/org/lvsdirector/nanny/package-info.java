// SPDX-License-Identifier: Apache-2.0
/**
 * Health checks: one nanny, a virtual thread, for each service of each real server.
 *
 * <p>Uses {@code config}, and {@code linux} for programs. Start with {@link Nannies}; {@link
 * HealthGate} turns results into up and down.
 */
@NullMarked
package org.lvsdirector.nanny;

import org.jspecify.annotations.NullMarked;
