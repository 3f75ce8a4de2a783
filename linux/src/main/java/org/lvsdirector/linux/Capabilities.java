// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this process may do beyond an ordinary user; capabilities(7).
 *
 * @param bits the effective set, bit n for the capability of number n
 */
public record Capabilities(long bits) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int CAP_NET_ADMIN = 12; // linux/capability.h
  private static final int CAP_NET_RAW = 13; // linux/capability.h

  /** Those of this process; none when they cannot be read. */
  public static Capabilities ofThisProcess() {
    try {
      return of(Files.readAllLines(STATUS));
    } catch (IOException _) {
      return new Capabilities(0);
    }
  }

  /** Those in the lines of a status file; proc_pid_status(5). */
  static Capabilities of(List<String> lines) {
    for (var line : lines) {
      if (line.startsWith("CapEff:")) {
        return new Capabilities(Long.parseUnsignedLong(line.substring(7).strip(), 16));
      }
    }
    return new Capabilities(0);
  }

  /** Whether it may change interfaces and addresses. */
  public boolean hasNetAdmin() {
    return has(CAP_NET_ADMIN);
  }

  /** Whether it may send and receive whole frames. */
  public boolean hasNetRaw() {
    return has(CAP_NET_RAW);
  }

  private boolean has(int capability) {
    return (bits >>> capability & 1) == 1;
  }
}
