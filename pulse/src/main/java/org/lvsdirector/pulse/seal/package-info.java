// SPDX-License-Identifier: Apache-2.0
/**
 * The seal of what directors say to each other: AES-256-GCM by keys from a file, with a window
 * against replays.
 *
 * <p>Uses nothing of pulse. Start with {@link Seal}; {@code docs/decisions/0005-sealing.md} says
 * why it is ours.
 */
@NullMarked
package org.lvsdirector.pulse.seal;

import org.jspecify.annotations.NullMarked;
