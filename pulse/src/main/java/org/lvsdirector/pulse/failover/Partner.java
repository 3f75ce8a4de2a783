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
 * is dropped; should one slip through, the living incarnation is back a moment later. A sequence
 * far ahead of the others, forged, does not mute its incarnation for good: {@link Leap}.
 *
 * <p>Only what was sent later than all heard before is a sign of life. What comes late on another
 * link was sent before, by a sender that may be dead now: somebody may have held it back.
 *
 * @param last the newest heartbeat of the present incarnation; null before the first
 * @param heardNanos when any incarnation last said something new, on any link; -1 for never
 * @param roleSinceNanos since when this incarnation says the role of {@link #last}
 * @param idleSinceNanos since when it says that it could take the role and has not: that it starts,
 *     is standby or claims
 * @param activeAtNanos when any incarnation was last heard as ACTIVE; -1 for never
 * @param leap how the present incarnation came to its sequences; null when nothing speaks against
 *     them
 * @param links one for each link, in the order of the settings
 * @param retired the other incarnations that were heard, the newest last
 */
public record Partner(
    @Nullable Heartbeat last,
    long heardNanos,
    long roleSinceNanos,
    long idleSinceNanos,
    long activeAtNanos,
    @Nullable Leap leap,
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
        null, -1, -1, -1, -1, null, Collections.nCopies(links, new HeardLink(-1, 0)), List.of());
  }

  /** Whether some link brought something new within the last {@code deadtimeNanos}. */
  public boolean isAlive(long nowNanos, long deadtimeNanos) {
    return heardNanos >= 0 && nowNanos - heardNanos < deadtimeNanos;
  }

  /** Whether {@link #last} says one of these roles. */
  boolean says(Role... roles) {
    return last != null && List.of(roles).contains(last.role());
  }

  /**
   * What is known after a heartbeat: this very object when the heartbeat is a duplicate, came out
   * of order on its link, or is of an earlier incarnation.
   */
  Partner hear(int link, Heartbeat heartbeat, long nowNanos, Settings settings) {
    if (last == null) {
      return accept(link, heartbeat, nowNanos, Leap.first(known(heartbeat), heartbeat.sequence()));
    }
    if (heartbeat.bootId() != last.bootId()) {
      return nowNanos - heardNanos >= settings.incarnationNanos() && isFresh(heartbeat)
          ? reborn(last).hear(link, heartbeat, nowNanos, settings)
          : this;
    }
    if (leap != null && leap.isContradictedBy(heartbeat.sequence())) {
      return contradict(leap, link, heartbeat, nowNanos, settings.deadtimeNanos());
    }
    if (heartbeat.sequence() <= links.get(link).sequence()) {
      return this;
    }
    if (heartbeat.sequence() > last.sequence()) {
      var keepalives = (nowNanos - heardNanos) / settings.keepaliveNanos();
      return accept(link, heartbeat, nowNanos, leap(last, heartbeat, keepalives));
    }
    return isLate(last, heartbeat, settings)
        ? with(heardNanos, leap, heardOn(link, heartbeat.sequence(), nowNanos))
        : this;
  }

  /** Whether it was sent so shortly before another one that its link is only slower. */
  private static boolean isLate(Heartbeat newest, Heartbeat heartbeat, Settings settings) {
    var behind = newest.sequence() - heartbeat.sequence();
    return behind <= settings.deadtimeNanos() / settings.keepaliveNanos();
  }

  private @Nullable Leap leap(Heartbeat before, Heartbeat heartbeat, long keepalives) {
    if (!Leap.isStep(before.sequence(), heartbeat.sequence(), keepalives)) {
      return new Leap(honest(before), heartbeat.sequence(), 0, -1);
    }
    return leap == null ? null : leap.confirmed(heartbeat.sequence());
  }

  /** The highest sequence up to the newest that was not leapt to. */
  private long honest(Heartbeat newest) {
    return leap != null && leap.honest() > 0 ? leap.honest() : newest.sequence();
  }

  /**
   * The incarnation says what it cannot say if its latest sequence is true: it lives, and once it
   * has said nothing else for a deadtime it is read anew from there.
   */
  private Partner contradict(
      Leap doubtful, int link, Heartbeat heartbeat, long nowNanos, long deadtimeNanos) {
    var next = doubtful.contradicted(heartbeat.sequence(), nowNanos);
    return next.isRefuted(nowNanos, deadtimeNanos)
        ? with(heardNanos, null, unheard()).accept(link, heartbeat, nowNanos, null)
        : with(nowNanos, next, heardOn(link, links.get(link).sequence(), nowNanos));
  }

  private Partner with(long newNanos, @Nullable Leap next, List<HeardLink> heard) {
    return new Partner(
        last, newNanos, roleSinceNanos, idleSinceNanos, activeAtNanos, next, heard, retired);
  }

  private Partner accept(int link, Heartbeat heartbeat, long nowNanos, @Nullable Leap next) {
    return new Partner(
        heartbeat,
        nowNanos,
        last != null && last.role() == heartbeat.role() ? roleSinceNanos : nowNanos,
        last != null && isIdle(last) && isIdle(heartbeat) ? idleSinceNanos : nowNanos,
        heartbeat.role() == Role.ACTIVE ? nowNanos : activeAtNanos,
        next,
        heardOn(link, heartbeat.sequence(), nowNanos),
        retired);
  }

  /** Whether an incarnation that is not the present one says something new. */
  private boolean isFresh(Heartbeat heartbeat) {
    return heartbeat.sequence() > known(heartbeat);
  }

  /** The newest sequence that was heard of an incarnation before another followed; 0 for none. */
  private long known(Heartbeat heartbeat) {
    for (var other : retired) {
      if (other.bootId() == heartbeat.bootId()) {
        return other.sequence();
      }
    }
    return 0;
  }

  private Partner reborn(Heartbeat old) {
    var others = new ArrayList<>(retired);
    others.removeIf(other -> other.bootId() == old.bootId());
    others.add(new Retired(old.bootId(), honest(old)));
    var kept = others.subList(Math.max(0, others.size() - MAX_RETIRED), others.size());
    return new Partner(null, heardNanos, -1, -1, activeAtNanos, null, unheard(), kept);
  }

  /** The links without what was heard there. */
  private List<HeardLink> unheard() {
    return links.stream().map(link -> new HeardLink(link.heardNanos(), 0)).toList();
  }

  /** A partner whose claims fail again and again is as idle as one that does not try. */
  private static boolean isIdle(Heartbeat word) {
    return switch (word.role()) {
      case STARTING, STANDBY, CLAIMING -> true;
      case ACTIVE, YIELDING, MAINTENANCE, FAULT -> false;
    };
  }

  private List<HeardLink> heardOn(int link, long sequence, long nowNanos) {
    var heard = new ArrayList<>(links);
    heard.set(link, new HeardLink(nowNanos, sequence));
    return heard;
  }
}
