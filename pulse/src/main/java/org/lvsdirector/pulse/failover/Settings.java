// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Pair.Link;
import org.lvsdirector.config.Pair.Node;

/**
 * What the failover decision needs of the configuration.
 *
 * @param node which of the two this is
 * @param isPaired whether there is a partner at all
 * @param links the names of the links, at most 16
 * @param keepaliveNanos time between two heartbeats
 * @param deadtimeNanos silence on every link after which the partner counts as dead
 * @param policy what evidence is asked for, and when the role goes back
 */
public record Settings(
    Node node,
    boolean isPaired,
    List<String> links,
    long keepaliveNanos,
    long deadtimeNanos,
    Policy policy) {

  /** The most links of a pair. */
  public static final int MAX_LINKS = 16;

  private static final long SECOND_NANOS = 1_000_000_000L;

  public Settings {
    links = List.copyOf(links);
    if (links.size() > MAX_LINKS || keepaliveNanos <= 0 || deadtimeNanos <= keepaliveNanos) {
      throw new IllegalArgumentException("too many links, or keepalive not shorter than deadtime");
    }
  }

  /** The settings with the default policy. */
  public Settings(
      Node node, boolean isPaired, List<String> links, long keepaliveNanos, long deadtimeNanos) {
    this(node, isPaired, links, keepaliveNanos, deadtimeNanos, Policy.DEFAULT);
  }

  /** These settings with another policy. */
  public Settings with(Policy changed) {
    return new Settings(node, isPaired, links, keepaliveNanos, deadtimeNanos, changed);
  }

  /** The settings of one node of a pair. */
  public static Settings of(Node node, Pair pair) {
    return new Settings(
        node,
        pair.isPaired(),
        pair.links().stream().map(Link::name).toList(),
        pair.keepalive().toNanos(),
        pair.deadtime().toNanos());
  }

  /** This node's place in the configuration: 0 for the primary, which is preferred. */
  public int priority() {
    return node == Node.PRIMARY ? 0 : 1;
  }

  /** How long the preferred node may be fit and idle before the other takes the role. */
  long patienceNanos() {
    return 3 * deadtimeNanos;
  }

  /** How long acquiring the addresses may take. */
  long acquireTimeoutNanos() {
    return 10 * SECOND_NANOS;
  }

  /**
   * How long a takeover waits for the disk, the ping targets and the witness; a hanging disk must
   * not cost the service.
   */
  long evidenceNanos() {
    var timeout = Math.min(2 * keepaliveNanos, SECOND_NANOS / 5);
    return policy.asksOthers() ? Math.max(timeout, SECOND_NANOS / 10) : timeout;
  }

  /**
   * How long the only link is listened to after it was opened again, whatever was silent before:
   * shorter than the time after which one that cannot send is opened anew.
   */
  long reopenedNanos() {
    return Math.min(Math.min(deadtimeNanos / 2, 3 * keepaliveNanos), 5 * SECOND_NANOS);
  }

  /** How long an active node that has stalled listens before it announces again. */
  long recheckNanos() {
    return Math.min(2 * keepaliveNanos, deadtimeNanos);
  }

  /** The partner's silence after which an active node sends beacons, and their interval. */
  long beaconNanos() {
    return Math.max(deadtimeNanos / 3, keepaliveNanos / 2 * 3);
  }

  /**
   * How long to wait after so many claims in a row that the evidence did not allow: deadtime,
   * doubled up to eight, at most 10 s.
   */
  long doubtNanos(int doubts) {
    return Math.min(10 * SECOND_NANOS, deadtimeNanos << Math.clamp(doubts - 1L, 0, 3));
  }

  /** How long a stopping node that has released waits to see its partner take over. */
  long lingerNanos() {
    return Math.min(deadtimeNanos, 5 * keepaliveNanos);
  }

  /**
   * How long to wait after so many failures in a row: deadtime, doubled up to eight, at most 30 s.
   */
  long backoffNanos(int failures) {
    return Math.min(30 * SECOND_NANOS, deadtimeNanos << Math.clamp(failures - 1L, 0, 3));
  }

  /**
   * How long an incarnation of the partner counts as the present one after its last heartbeat. It
   * sends every keepalive, so one that was quiet for longer may have given way to another.
   */
  long incarnationNanos() {
    return Math.min(keepaliveNanos / 2 * 3, deadtimeNanos / 2);
  }
}
