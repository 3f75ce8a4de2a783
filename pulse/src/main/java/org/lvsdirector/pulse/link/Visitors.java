// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected on a link. The partner has one connection: a new one that it has sealed
 * something on means that it has given the old one up. Whoever has not proved yet that it is the
 * partner ends no connection but that of another who has not either.
 */
final class Visitors implements Closeable {

  private @Nullable Closeable partner;
  private @Nullable Closeable stranger;

  /** Somebody has connected. */
  synchronized void came(Closeable connection) {
    PartnerChannel.close(stranger);
    stranger = connection;
  }

  /** It is the partner. */
  synchronized void known(Closeable connection) {
    if (connection.equals(partner)) {
      return;
    }
    if (connection.equals(stranger)) {
      stranger = null;
    }
    PartnerChannel.close(partner);
    partner = connection;
  }

  @Override
  public synchronized void close() {
    PartnerChannel.close(stranger);
    PartnerChannel.close(partner);
  }
}
