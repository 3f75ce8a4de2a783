// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.time.Duration;
import java.util.List;

/**
 * The two directors and how they watch each other.
 *
 * @param isPaired whether there is a backup director at all ({@code backup_active})
 * @param links the ways between the two, the public one first; never empty
 * @param heartbeatPort UDP port of the heartbeats, the same on both
 * @param keepalive time between two heartbeats
 * @param deadtime silence on every link after which the partner counts as dead
 * @param arbitration what settles doubt
 */
public record Pair(
    boolean isPaired,
    List<Link> links,
    int heartbeatPort,
    Duration keepalive,
    Duration deadtime,
    Arbitration arbitration) {
  public Pair {
    links = List.copyOf(links);
  }

  /** A pair that nothing but its heartbeats tells apart. */
  public Pair(
      boolean isPaired,
      List<Link> links,
      int heartbeatPort,
      Duration keepalive,
      Duration deadtime) {
    this(isPaired, links, heartbeatPort, keepalive, deadtime, Arbitration.NONE);
  }

  /** The two members of a pair. */
  public enum Node implements Worded {
    PRIMARY("primary"),
    BACKUP("backup");

    private final String word;

    Node(String word) {
      this.word = word;
    }

    /** The other one. */
    public Node partner() {
      return this == PRIMARY ? BACKUP : PRIMARY;
    }

    /** Its name in files, commands and messages: {@code primary} or {@code backup}. */
    @Override
    public String word() {
      return word;
    }
  }

  /**
   * One way between the two directors.
   *
   * @param name {@code public}, {@code private} or the name of a link block
   * @param primary the primary's address on it
   * @param backup the backup's address on it; unspecified when there is no backup director
   */
  public record Link(String name, IpAddress primary, IpAddress backup) {
    /** The address of a node on this link. */
    public IpAddress of(Node node) {
      return node == Node.PRIMARY ? primary : backup;
    }
  }
}
