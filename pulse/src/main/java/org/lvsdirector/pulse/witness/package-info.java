// SPDX-License-Identifier: Apache-2.0
/**
 * The third voice: of two directors that cannot hear each other, it lets one be active.
 *
 * <p>Start with {@link Witness}, which decides, then {@link WitnessServer} and {@link
 * WitnessClient}, which talk.
 */
@NullMarked
package org.lvsdirector.pulse.witness;

import org.jspecify.annotations.NullMarked;
