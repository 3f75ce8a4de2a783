// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Boots of the other end that were not believed yet. A key is derived for each, and anybody can
 * send a salt that was never seen: so there is a limit for each second, and one of its own for the
 * salts that bear the mark of the key, which a stranger can repeat but not make. Pure.
 */
final class Candidates {

  private static final int MOST = 8;

  private final Shelf marked = new Shelf();
  private final Shelf unmarked = new Shelf();

  /** The latest of one kind. */
  private static final class Shelf {
    private final List<Sender> latest = new ArrayList<>();
    private final Budget budget = new Budget();

    @Nullable Sender find(byte[] salt, long nowMillis) {
      for (var sender : latest) {
        if (MessageDigest.isEqual(sender.salt(), salt)) {
          return sender;
        }
      }
      return budget.take(nowMillis) ? put(new Sender(salt)) : null;
    }

    private Sender put(Sender sender) {
      latest.add(sender);
      if (latest.size() > MOST) {
        latest.removeFirst();
      }
      return sender;
    }
  }

  /** The boot with this salt; null when too many were new within this second. */
  @Nullable Sender find(SealKey key, byte[] salt, long nowMillis) {
    return (key.hasMarked(salt) ? marked : unmarked).find(salt, nowMillis);
  }

  /** It is believed. */
  void remove(Sender sender) {
    marked.latest.remove(sender);
    unmarked.latest.remove(sender);
  }
}
