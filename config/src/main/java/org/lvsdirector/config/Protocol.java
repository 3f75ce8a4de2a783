// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/** The transport protocol of a virtual service. */
public enum Protocol implements Worded {
  TCP("tcp", 6),
  UDP("udp", 17),
  SCTP("sctp", 132);

  private final String word;
  private final int number;

  Protocol(String word, int number) {
    this.word = word;
    this.number = number;
  }

  @Override
  public String word() {
    return word;
  }

  /** The IP protocol number (IANA). */
  public int number() {
    return number;
  }
}
