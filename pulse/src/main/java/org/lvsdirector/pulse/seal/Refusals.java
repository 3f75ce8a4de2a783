// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

/**
 * Packets from the partner's address that the seal refused.
 *
 * @param unsealed not sealed although they should be
 * @param wrongKey sealed by a key that this director does not have
 * @param forged not what the holder of the key sealed for this link and direction
 * @param replayed sealed by the partner once, and taken already or recorded before
 */
public record Refusals(long unsealed, long wrongKey, long forged, long replayed) {
  /** Nothing was refused. */
  public static final Refusals NONE = new Refusals(0, 0, 0, 0);

  /** All of them. */
  public long all() {
    return unsealed + wrongKey + forged + replayed;
  }
}
