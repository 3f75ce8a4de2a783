// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;

/**
 * What this node knows of its partner.
 *
 * <p>An incarnation is told from another by its boot id alone: ids need not rise, so a lost state
 * file or a clock set back cannot make a living partner look like an old packet. Which of two
 * incarnations lives is told by who keeps speaking: the present one sends every keepalive, so
 * another is heard only when the present one was quiet for longer, and only with a sequence that it
 * had not used before. A late packet of an earlier incarnation, even of one that was never heard,
 * is dropped; should one slip through, the living incarnation is back a moment later.
 *
 * @param last the newest heartbeat of the present incarnation; null before the first
 * @param roleSinceNanos since when this incarnation says the role of {@link #last}
 * @param idleSinceNanos since when it says that it could take the role and has not: that it starts,
 *     is standby or claims
 * @param activeAtNanos when any incarnation was last heard as ACTIVE; -1 for never
 * @param links one for each link, in the order of the settings
 * @param retired the other incarnations that were heard, the newest last
 */
public record Partner(
    @Nullable Heartbeat last,
    long roleSinceNanos,
    long idleSinceNanos,
    long activeAtNanos,
    List<HeardLink> links,
    List<Retired> retired) {

  private static final int MAX_RETIRED = 16;

  public Partner {
    links = List.copyOf(links);
    retired = List.copyOf(retired);
  }

  /**
   * The partner on one link.
   *
   * @param heardNanos when it was last heard there; -1 for never
   * @param sequence the newest sequence heard there of the newest incarnation; 0 for none
   */
  public record HeardLink(long heardNanos, long sequence) {}

  /**
   * An incarnation that another has followed.
   *
   * @param bootId which one
   * @param sequence the newest that was heard of it
   */
  public record Retired(long bootId, long sequence) {}

  /** A partner that was never heard. */
  static Partner unknown(int links) {
    return new Partner(
        null, -1, -1, -1, Collections.nCopies(links, new HeardLink(-1, 0)), List.of());
  }

  /** When the partner was last heard on any link; -1 for never. */
  public long heardNanos() {
    var latest = -1L;
    for (var link : links) {
      latest = Math.max(latest, link.heardNanos());
    }
    return latest;
  }

  /** Whether some link brought a heartbeat within the last {@code deadtimeNanos}. */
  public boolean isAlive(long nowNanos, long deadtimeNanos) {
    var heard = heardNanos();
    return heard >= 0 && nowNanos - heard < deadtimeNanos;
  }

  /** Whether {@link #last} says one of these roles. */
  boolean says(Role... roles) {
    return last != null && List.of(roles).contains(last.role());
  }

  /**
   * What is known after a heartbeat: this very object when the heartbeat is a duplicate, came out
   * of order on its link, or is of an earlier incarnation.
   *
   * @param quietNanos the silence of the present incarnation after which another is heard
   */
  Partner hear(int link, Heartbeat heartbeat, long nowNanos, long quietNanos) {
    if (last == null) {
      return accept(link, heartbeat, nowNanos);
    }
    if (heartbeat.bootId() != last.bootId()) {
      return nowNanos - heardNanos() >= quietNanos && isFresh(heartbeat)
          ? reborn(last).accept(link, heartbeat, nowNanos)
          : this;
    }
    if (heartbeat.sequence() <= links.get(link).sequence()) {
      return this;
    }
    return heartbeat.sequence() > last.sequence()
        ? accept(link, heartbeat, nowNanos)
        : new Partner(
            last,
            roleSinceNanos,
            idleSinceNanos,
            activeAtNanos,
            heardOn(link, heartbeat, nowNanos),
            retired);
  }

  private Partner accept(int link, Heartbeat heartbeat, long nowNanos) {
    return new Partner(
        heartbeat,
        last != null && last.role() == heartbeat.role() ? roleSinceNanos : nowNanos,
        last != null && isIdle(last) && isIdle(heartbeat) ? idleSinceNanos : nowNanos,
        heartbeat.role() == Role.ACTIVE ? nowNanos : activeAtNanos,
        heardOn(link, heartbeat, nowNanos),
        retired);
  }

  /** Whether an incarnation that is not the present one says something new. */
  private boolean isFresh(Heartbeat heartbeat) {
    for (var other : retired) {
      if (other.bootId() == heartbeat.bootId()) {
        return heartbeat.sequence() > other.sequence();
      }
    }
    return true;
  }

  private Partner reborn(Heartbeat old) {
    var others = new ArrayList<>(retired);
    others.removeIf(other -> other.bootId() == old.bootId());
    others.add(new Retired(old.bootId(), old.sequence()));
    var kept = others.subList(Math.max(0, others.size() - MAX_RETIRED), others.size());
    var fresh = links.stream().map(link -> new HeardLink(link.heardNanos(), 0)).toList();
    return new Partner(null, -1, -1, activeAtNanos, fresh, kept);
  }

  /** A partner whose claims fail again and again is as idle as one that does not try. */
  private static boolean isIdle(Heartbeat word) {
    return switch (word.role()) {
      case STARTING, STANDBY, CLAIMING -> true;
      case ACTIVE, YIELDING, MAINTENANCE, FAULT -> false;
    };
  }

  private List<HeardLink> heardOn(int link, Heartbeat heartbeat, long nowNanos) {
    var heard = new ArrayList<>(links);
    heard.set(link, new HeardLink(nowNanos, heartbeat.sequence()));
    return heard;
  }
}
