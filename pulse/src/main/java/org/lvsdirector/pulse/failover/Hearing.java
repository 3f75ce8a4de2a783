// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

/**
 * What is heard of the partner, and what could be.
 *
 * @param partner what is known of the partner
 * @param listenFromNanos the partner's silence counts from here at the earliest
 * @param openLinks one bit for each link that can be heard on now, the lowest for the first
 * @param triedLinks one bit for each link that could ever be heard on
 * @param deafFromNanos since when no link is open; -1 while one is
 */
public record Hearing(
    Partner partner, long listenFromNanos, int openLinks, int triedLinks, long deafFromNanos) {

  static Hearing nothing(int links) {
    return new Hearing(Partner.unknown(links), 0, 0, 0, -1);
  }

  /** Since when the partner is silent, as far as this node could have heard it. */
  long silentFromNanos() {
    return Math.max(partner.heardNanos(), listenFromNanos);
  }

  boolean isOpen(int link) {
    return (openLinks & 1 << link) != 0;
  }

  boolean isTried(int link) {
    return (triedLinks & 1 << link) != 0;
  }

  Hearing partner(Partner next) {
    return new Hearing(next, listenFromNanos, openLinks, triedLinks, deafFromNanos);
  }

  Hearing listenFrom(long nanos) {
    return new Hearing(partner, nanos, openLinks, triedLinks, deafFromNanos);
  }

  Hearing link(int link, boolean isOpen, long nowNanos) {
    var bit = 1 << link;
    var open = isOpen ? openLinks | bit : openLinks & ~bit;
    var deafFrom = open != 0 ? -1 : openLinks != 0 ? nowNanos : deafFromNanos;
    return new Hearing(partner, listenFromNanos, open, triedLinks | open, deafFrom);
  }
}
