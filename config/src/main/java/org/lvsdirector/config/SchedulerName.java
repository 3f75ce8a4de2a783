// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.Locale;
import java.util.Optional;

/** The schedulers of Linux Virtual Server. */
public enum SchedulerName {
  /** Round robin. */
  RR,
  /** Weighted round robin. */
  WRR,
  /** Least connection. */
  LC,
  /** Weighted least connection. */
  WLC,
  /** Locality-based least connection. */
  LBLC,
  /** Locality-based least connection with replication. */
  LBLCR,
  /** Destination hashing. */
  DH,
  /** Source hashing. */
  SH,
  /** Shortest expected delay. */
  SED,
  /** Never queue. */
  NQ,
  /** Maglev hashing. */
  MH,
  /** Weighted failover. */
  FO,
  /** Weighted overflow. */
  OVF;

  /** The word of lvs.cf and of the kernel: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scheduler of a lower-case word. */
  public static Optional<SchedulerName> ofWord(String word) {
    for (var scheduler : values()) {
      if (scheduler.word().equals(word)) {
        return Optional.of(scheduler);
      }
    }
    return Optional.empty();
  }
}
