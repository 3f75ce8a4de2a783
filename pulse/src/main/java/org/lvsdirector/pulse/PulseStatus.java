// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.link.LinkStats;
import org.lvsdirector.pulse.link.RecentTimes;

/**
 * Pulse at one moment, for people and tools.
 *
 * @param node which of the two this is
 * @param isPaired whether there is a partner at all
 * @param role what this node is
 * @param since since when, by the wall clock
 * @param sinceNanos for how long, by the monotonic clock
 * @param term the term
 * @param isFit whether this node can serve
 * @param unfitReason why not; empty when it can
 * @param last the latest change of role; null before the first
 * @param partner what is known of the partner; null before its first heartbeat
 * @param links the links, in file order
 * @param evidence what is known beyond heartbeats
 * @param punctuality how late the loop was
 * @param takeover where the time of the latest takeover of this director went; null before the
 *     first
 * @param defects how often a step of the loop failed by a defect, which the log has
 */
public record PulseStatus(
    Node node,
    boolean isPaired,
    Role role,
    Instant since,
    long sinceNanos,
    long term,
    boolean isFit,
    String unfitReason,
    @Nullable Transition last,
    @Nullable PartnerStatus partner,
    List<LinkStatus> links,
    Evidence evidence,
    Punctuality punctuality,
    @Nullable Takeover takeover,
    long defects) {
  public PulseStatus {
    links = List.copyOf(links);
  }

  /**
   * How late the loop was.
   *
   * @param stalls how often too late to judge silence
   * @param longestStallNanos the worst of them
   * @param late of the last some hundred heartbeats that it sent; up to half a second old
   */
  public record Punctuality(long stalls, long longestStallNanos, RecentTimes.Percentiles late) {}

  /**
   * What is known beyond heartbeats.
   *
   * @param hasTargets whether ping targets are asked
   * @param isTargetReached whether one of them answers, as far as is known
   * @param hasWitness whether a witness is asked
   * @param isLeaseHeld whether this director has its lease
   */
  public record Evidence(
      boolean hasTargets, boolean isTargetReached, boolean hasWitness, boolean isLeaseHeld) {}

  /**
   * The partner by its own words.
   *
   * @param role what it said last
   * @param isAlive whether it was heard on any link within deadtime
   * @param isFit whether it can serve
   * @param unfitReason why not
   * @param term its term
   * @param seenAgoNanos how long ago it was heard on any link
   * @param hasSameConfig whether its lvs.cf means the same as this node's
   */
  public record PartnerStatus(
      Role role,
      boolean isAlive,
      boolean isFit,
      String unfitReason,
      long term,
      long seenAgoNanos,
      boolean hasSameConfig) {}

  /**
   * One link.
   *
   * @param name its name in lvs.cf
   * @param local this node's address and port
   * @param remote the partner's address and port
   * @param isUp whether it is open here and brings the partner's heartbeats
   * @param isHeardByPartner whether the partner says that it hears this node on it
   * @param lastHeardMillis age of the partner's last heartbeat on it; -1 when none came yet
   * @param counters what passed on it
   */
  public record LinkStatus(
      String name,
      String local,
      String remote,
      boolean isUp,
      boolean isHeardByPartner,
      long lastHeardMillis,
      LinkStats.Counters counters) {}
}
