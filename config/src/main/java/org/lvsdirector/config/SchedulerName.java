// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.Optional;

/** The schedulers of Linux Virtual Server. */
public enum SchedulerName implements Worded {
  /** Round robin. */
  RR("rr"),
  /** Weighted round robin. */
  WRR("wrr"),
  /** Least connection. */
  LC("lc"),
  /** Weighted least connection. */
  WLC("wlc"),
  /** Locality-based least connection. */
  LBLC("lblc"),
  /** Locality-based least connection with replication. */
  LBLCR("lblcr"),
  /** Destination hashing. */
  DH("dh"),
  /** Source hashing. */
  SH("sh"),
  /** Shortest expected delay. */
  SED("sed"),
  /** Never queue. */
  NQ("nq"),
  /** Maglev hashing. */
  MH("mh"),
  /** Weighted failover. */
  FO("fo"),
  /** Weighted overflow. */
  OVF("ovf"),
  /** The better of two servers drawn at random. */
  TWOS("twos");

  private final String word;

  SchedulerName(String word) {
    this.word = word;
  }

  /** The word of lvs.cf and of the kernel: lower case. */
  @Override
  public String word() {
    return word;
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
