// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import org.jspecify.annotations.Nullable;

/**
 * How messages to and from the partner are protected.
 *
 * @param keys the keys; null for none, and then nothing is sealed
 * @param acceptsUnsealed whether unsealed messages are taken until the first sealed one, while a
 *     pair that runs gets its first key; then this director seals as soon as its partner does
 */
public record SealPolicy(@Nullable KeyRing keys, boolean acceptsUnsealed) {
  /** Nothing is sealed, and anybody who can send from the partner's address is believed. */
  public static final SealPolicy NONE = new SealPolicy(null, true);
}
