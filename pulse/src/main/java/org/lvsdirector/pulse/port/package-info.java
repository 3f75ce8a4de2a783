// SPDX-License-Identifier: Apache-2.0
/**
 * What pulse needs of others, and what they may ask of it: addresses to hold, listeners to tell,
 * its settings.
 *
 * <p>Start with {@link VirtualAddresses}.
 */
@NullMarked
package org.lvsdirector.pulse.port;

import org.jspecify.annotations.NullMarked;
