// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;

/** A boot of the other end. */
final class Sender {

  private final byte[] salt;
  private final List<Derived> derived = new ArrayList<>();
  private final ReplayWindow window = new ReplayWindow();

  private record Derived(SealKey key, SecretKey aes) {}

  Sender(byte[] salt) {
    this.salt = salt;
  }

  byte[] salt() {
    return salt;
  }

  ReplayWindow window() {
    return window;
  }

  /** The key of its messages, derived once. */
  SecretKey aes(SealKey key, byte[] purpose) {
    for (var one : derived) {
      if (one.key.equals(key)) {
        return one.aes;
      }
    }
    var fresh = new Derived(key, key.derive(salt, purpose));
    derived.add(fresh);
    return fresh.aes;
  }
}
