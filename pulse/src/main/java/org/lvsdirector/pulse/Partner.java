package org.lvsdirector.pulse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Role;

/**
 * What this node knows of its partner.
 *
 * <p>An incarnation is told from another by its boot id alone: ids need not rise, so a lost state
 * file or a clock set back cannot make a living partner look like an old packet. The last
 * incarnations are remembered, and packets of theirs that come late are dropped.
 *
 * @param last the newest heartbeat of the newest incarnation; null before the first
 * @param roleSinceNanos since when this incarnation says the role of {@link #last}
 * @param activeAtNanos when any incarnation was last heard as ACTIVE; -1 for never
 * @param links one for each link, in the order of the settings
 * @param retired the boot ids of earlier incarnations, the newest last
 */
public record Partner(
    @Nullable Heartbeat last,
    long roleSinceNanos,
    long activeAtNanos,
    List<HeardLink> links,
    List<Long> retired) {

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

  /** A partner that was never heard. */
  static Partner unknown(int links) {
    return new Partner(null, -1, -1, Collections.nCopies(links, new HeardLink(-1, 0)), List.of());
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
   */
  Partner hear(int link, Heartbeat heartbeat, long nowNanos) {
    if (last == null) {
      return accept(link, heartbeat, nowNanos);
    }
    if (heartbeat.bootId() != last.bootId()) {
      return retired.contains(heartbeat.bootId())
          ? this
          : reborn(last.bootId()).accept(link, heartbeat, nowNanos);
    }
    if (heartbeat.sequence() <= links.get(link).sequence()) {
      return this;
    }
    return heartbeat.sequence() > last.sequence()
        ? accept(link, heartbeat, nowNanos)
        : new Partner(
            last, roleSinceNanos, activeAtNanos, heardOn(link, heartbeat, nowNanos), retired);
  }

  private Partner accept(int link, Heartbeat heartbeat, long nowNanos) {
    return new Partner(
        heartbeat,
        last != null && last.role() == heartbeat.role() ? roleSinceNanos : nowNanos,
        heartbeat.role() == Role.ACTIVE ? nowNanos : activeAtNanos,
        heardOn(link, heartbeat, nowNanos),
        retired);
  }

  private Partner reborn(long oldBootId) {
    var ids = new ArrayList<>(retired);
    ids.add(oldBootId);
    var kept = ids.subList(Math.max(0, ids.size() - MAX_RETIRED), ids.size());
    var fresh = links.stream().map(link -> new HeardLink(link.heardNanos(), 0)).toList();
    return new Partner(null, -1, activeAtNanos, fresh, kept);
  }

  private List<HeardLink> heardOn(int link, Heartbeat heartbeat, long nowNanos) {
    var heard = new ArrayList<>(links);
    heard.set(link, new HeardLink(nowNanos, heartbeat.sequence()));
    return heard;
  }
}
