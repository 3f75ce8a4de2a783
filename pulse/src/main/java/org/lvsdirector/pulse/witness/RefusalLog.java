// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import org.jspecify.annotations.Nullable;

/** Counts what is refused, for a line a minute whatever comes. Pure. */
final class RefusalLog {

  static final long PAUSE_NANOS = 60_000_000_000L;

  private long refused;
  private long untold;
  private long toldNanos;

  /** One more; what to say of all that were not told of yet, null for nothing now. */
  @Nullable String refuse(String from, String reason, long nowNanos) {
    refused++;
    untold++;
    if (refused > untold && nowNanos - toldNanos < PAUSE_NANOS) {
      return null;
    }
    var line =
        "witness refused %d packets, %d in all; the latest from %s: %s"
            .formatted(untold, refused, from, reason);
    untold = 0;
    toldNanos = nowNanos;
    return line;
  }
}
