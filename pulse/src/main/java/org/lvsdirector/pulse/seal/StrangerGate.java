// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import org.jspecify.annotations.Nullable;

/**
 * Whether it is worth a key derivation to look at what somebody says who was never heard: so many
 * times a second, and those whose salt bears the mark of a key for themselves. Pure.
 */
public final class StrangerGate {

  private final Budget marked = new Budget();
  private final Budget unmarked = new Budget();

  /** Nobody has spoken yet. */
  public StrangerGate() {}

  /**
   * Whether the bytes may be opened.
   *
   * @param keys null when nothing is sealed
   */
  public boolean admits(
      @Nullable KeyRing keys, byte[] bytes, int offset, int length, long nowMillis) {
    if (keys == null) {
      return true;
    }
    var key =
        SealFormat.isSealed(bytes, offset, length)
            ? keys.withId(SealFormat.keyId(bytes, offset))
            : null;
    return key != null
        && (key.hasMarked(SealFormat.salt(bytes, offset)) ? marked : unmarked).take(nowMillis);
  }
}
