// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.util.Map;
import org.lvsdirector.fuzz.Reading;

/** Datagrams of a sync daemon, read, written, read again. */
public final class SyncReadings {
  private static final int LONGEST = 1 << 16;

  private SyncReadings() {}

  /** By their names. */
  public static Map<String, Reading> all() {
    return Map.of("SyncMessage.encode", SyncReadings::again);
  }

  private static void again(byte[] bytes) {
    var first = SyncMessage.decode(bytes);
    if (first == null || first.entries().isEmpty()) {
      return;
    }
    var datagrams = SyncMessage.encode(first.syncId(), LONGEST, first.entries());
    var second = datagrams.size() == 1 ? SyncMessage.decode(datagrams.getFirst()) : null;
    if (!first.equals(second)) {
      throw new AssertionError(first + " became " + second);
    }
  }
}
