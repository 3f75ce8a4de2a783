// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.seal;

import java.nio.charset.StandardCharsets;

/**
 * What a sealed message belongs to: a message that turns up elsewhere, or comes back to its sender,
 * is as good as forged.
 *
 * @param link the name of the link
 * @param self who seals here
 * @param peer who opens there
 */
public record SealContext(String link, String self, String peer) {

  /** What goes into key and associated data of the messages from here to there. */
  byte[] outward() {
    return words(self, peer);
  }

  /** The same for the messages from there to here. */
  byte[] inward() {
    return words(peer, self);
  }

  private byte[] words(String from, String to) {
    return ("lvs-director seal 1\0" + link + "\0" + from + "\0" + to)
        .getBytes(StandardCharsets.UTF_8);
  }
}
