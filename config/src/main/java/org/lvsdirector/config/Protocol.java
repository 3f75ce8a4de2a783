// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/** The transport protocol of a virtual service. */
public enum Protocol {
  TCP(6),
  UDP(17),
  SCTP(132);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  /** The IP protocol number (IANA). */
  public int number() {
    return number;
  }
}
