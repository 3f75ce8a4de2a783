// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Flows for tests. */
public final class ConnectionEntries {
  private ConnectionEntries() {}

  /** The flow in a line of /proc/net/ip_vs_conn. */
  public static @Nullable ConnectionEntry line(String line) {
    var bytes = line.getBytes(StandardCharsets.US_ASCII);
    return ConnectionEntryText.line(bytes, 0, bytes.length);
  }

  /** An established TCP connection; the number tells them apart. */
  static ConnectionEntry tcp(int number, int expiresSeconds) {
    var text =
        "TCP %08X %04X 0A4D0001 0050 0A09000B 0050 ESTABLISHED %7d"
            .formatted(0x0a000000 + number / 60_000, number % 60_000 + 1, expiresSeconds);
    var flow = line(text);
    if (flow == null) {
      throw new IllegalArgumentException(text);
    }
    return flow;
  }
}
