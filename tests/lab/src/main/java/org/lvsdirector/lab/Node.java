// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.util.List;

/** The hosts of the lab. */
public enum Node {
  /** Where the probes come from. */
  CLIENT(10, Net.PUBLIC),
  /** Answers pings; has an ARP cache worth looking at. */
  ROUTER(1, Net.PUBLIC),
  /** The one director. */
  PRIMARY(2, Net.PUBLIC, Net.PRIVATE, Net.INNER),
  /** The other director. */
  BACKUP(3, Net.PUBLIC, Net.PRIVATE, Net.INNER),
  /** A real server. */
  WEB1(11, Net.INNER),
  /** A real server. */
  WEB2(12, Net.INNER),
  /** A real server. */
  WEB3(13, Net.INNER);

  private final int number;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Net> nets;

  Node(int number, Net... nets) {
    this.number = number;
    this.nets = List.of(nets);
  }

  /** The last part of its addresses. */
  public int number() {
    return number;
  }

  /** The networks it is on. */
  public List<Net> nets() {
    return nets;
  }

  /** Whether it is a director. */
  public boolean isDirector() {
    return this == PRIMARY || this == BACKUP;
  }

  /** The partner of a director. */
  public Node other() {
    return this == PRIMARY ? BACKUP : PRIMARY;
  }

  /** Its word in names of files, namespaces and settings. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
