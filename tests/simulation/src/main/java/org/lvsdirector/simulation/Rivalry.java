// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Cause;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/**
 * When two may be active: as long as no word gets across, and not after one did. What counts as
 * delivered is what was in truth delivered, so there is no slack for luck:
 *
 * <ul>
 *   <li>when each has heard the other since both are active, one is not active any more;
 *   <li>when only one hears, it is not active any more once it has heard the other say, deadtime
 *       after the first time, that it hears nothing;
 *   <li>a backup with a silent partner that hears announcements for longer than one and a half
 *       keepalives is not active any more;
 *   <li>an active node that hears the stop command of a later term is not active any more;
 *   <li>when nothing but announcements gets across, within {@link #arpBoundNanos};
 *   <li>with a strict witness, whatever is cut, within {@link #strictBoundNanos}.
 * </ul>
 */
final class Rivalry {

  /** Clocks run at most this much faster or slower than the simulator's. */
  static final double SKEW = 1.03;

  private static final Set<Cause> SILENCE =
      EnumSet.of(Cause.PARTNER_SILENT, Cause.PARTNER_ABSENT, Cause.PARTNER_STUCK);

  private final World world;
  private final Map<Node, Heard> heard = new EnumMap<>(Node.class);
  private long since = -1;
  private long announcedAt = -1;
  private long lastAnnouncedAt = -1;
  private long worstNanos;
  private long worstAcrossNanos;
  private long worstHeardNanos;
  private @Nullable Heard first;

  /**
   * What one of two active nodes has heard of the other.
   *
   * @param firstAt when the first time, without a deadtime of silence since
   * @param lastAt when the last time
   * @param facts what it heard
   */
  private record Heard(long firstAt, long lastAt, Word.Facts facts) {}

  Rivalry(World world) {
    this.world = world;
  }

  // ---- what is delivered -----------------------------------------------------------------------

  /** A director has taken a heartbeat. */
  void heard(Director to, Word word) {
    if (!word.heartbeat().equals(to.state().partner().last())) {
      return;
    }
    obeys(to, word);
    if (to.node() != Node.PRIMARY) {
      announcedAt = -1;
    }
    if (!isDual() || since < 0 || word.sentAt() < fromNanos()) {
      return;
    }
    var now = next(heard.get(to.node()), word.facts());
    heard.put(to.node(), now);
    first = first == null ? now : first;
    exchange(to);
    givesWay(to, word, now);
  }

  private Heard next(@Nullable Heard known, Word.Facts facts) {
    var silent = world.conditions().deadtimeNanos() / SKEW;
    return known == null || world.now() - known.lastAt() >= silent
        ? new Heard(world.now(), world.now(), facts)
        : new Heard(known.firstAt(), world.now(), facts);
  }

  private void obeys(Director to, Word word) {
    var isTold =
        word.heartbeat().has(Flag.STOP)
            && word.heartbeat().term() > to.state().term()
            && world.now() - word.sentAt() < world.conditions().deadtimeNanos();
    world.require(!isTold || !to.isActive(), to.node() + " was told to stop and is active");
  }

  /** Facts that have changed since are no longer known to the other. */
  private void exchange(Director to) {
    var from = world.director(to.node().partner());
    var byTo = heard.get(to.node());
    var byFrom = heard.get(from.node());
    if (byTo == null || byFrom == null) {
      return;
    }
    var isKnown = byTo.facts().equals(from.facts()) && byFrom.facts().equals(to.facts());
    world.require(!isKnown, "both active though each has heard the other");
  }

  private void givesWay(Director to, Word word, Heard now) {
    var isOver =
        word.heartbeat().hearsLinks() == 0
            && now.lastAt() - now.firstAt() > world.conditions().deadtimeNanos() * SKEW;
    var isOtherYielding =
        world.conditions().policy().witness() == Witnessing.STRICT
            && to.state().lease().isHeld(to.local());
    world.require(
        !isOver || isOtherYielding, to.node() + " alone hears that both are active, and stays");
  }

  /** A director has heard an announcement. */
  void announced(Director to) {
    var isAlone = to.silenceNanos() > world.conditions().deadtimeNanos() * SKEW;
    if (to.node() == Node.PRIMARY || !to.isActive() || !isAlone) {
      announcedAt = -1;
      return;
    }
    var isGoingOn = world.now() - lastAnnouncedAt <= world.conditions().deadtimeNanos() / SKEW;
    lastAnnouncedAt = world.now();
    if (announcedAt < 0 || !isGoingOn) {
      announcedAt = world.now();
    }
    world.require(
        world.now() - announcedAt <= graceNanos() * SKEW + MS,
        to.node() + " hears announcements of a silent partner and stays active");
  }

  /** A director became active: with a silent partner only when the witness allows. */
  void becameActive(Director director, Cause claim) {
    var other = world.director(director.node().partner());
    var isGuarded =
        SILENCE.contains(claim) && world.conditions().policy().witness() != Witnessing.NONE;
    var isHeld =
        other.isActive()
            && other.isRunning()
            && other.state().lease().isHeld(other.local())
            && !world.witness().hasStartedWithin(world.conditions().policy().leaseNanos());
    world.require(!isGuarded || !isHeld, director.node() + " takes over from one with the lease");
  }

  // ---- time ------------------------------------------------------------------------------------

  private boolean isDual() {
    return world.director(Node.PRIMARY).isActive() && world.director(Node.BACKUP).isActive();
  }

  /** Since when both are active and run. */
  private long fromNanos() {
    return Math.max(
        since,
        Math.max(world.director(Node.PRIMARY).upSince(), world.director(Node.BACKUP).upSince()));
  }

  void check() {
    if (!isDual()) {
      end();
      return;
    }
    if (since < 0) {
      since = world.now();
    }
    var isRunning =
        world.director(Node.PRIMARY).isRunning() && world.director(Node.BACKUP).isRunning();
    if (!isRunning) {
      heard.clear();
      first = null;
      return;
    }
    checkTimes();
  }

  private void checkTimes() {
    var network = world.network();
    var together = world.now() - fromNanos();
    var across = world.now() - Math.max(fromNanos(), network.pathSince());
    if (network.hasPath()) {
      worstAcrossNanos = Math.max(worstAcrossNanos, across);
    }
    if (first != null) {
      worstHeardNanos = Math.max(worstHeardNanos, world.now() - first.firstAt());
    }
    world.require(
        !network.carriesArp() || network.hasLink() || across <= arpBoundNanos(),
        "both active though announcements get across");
    world.require(
        world.conditions().policy().witness() != Witnessing.STRICT
            || together <= strictBoundNanos(),
        "both active in spite of the witness");
  }

  /** How long announcements go on before they count. */
  private long graceNanos() {
    return world.conditions().keepaliveNanos() / 2 * 3;
  }

  /** Words on their way, deadtime of silence, listening after a stall, and the next two beacons. */
  long arpBoundNanos() {
    var conditions = world.conditions();
    var keepalive = conditions.keepaliveNanos();
    var beacon = Math.max(conditions.deadtimeNanos() / 3, keepalive / 2 * 3);
    var nanos = conditions.deadtimeNanos() + 2 * keepalive + 2 * beacon;
    return conditions.longestDelayNanos() + (long) (nanos * SKEW) + 5 * MS;
  }

  /** Words on their way and deadtime of silence; a lease longer when the witness has forgotten. */
  long strictBoundNanos() {
    var conditions = world.conditions();
    var lease = conditions.policy().leaseNanos();
    var forgotten = world.witness().hasStartedWithin(2 * lease) ? lease : 0;
    var nanos = conditions.deadtimeNanos() + conditions.keepaliveNanos() + forgotten;
    return conditions.longestDelayNanos() + world.attackNanos() + (long) (nanos * SKEW) + 5 * MS;
  }

  private void end() {
    if (since >= 0) {
      worstNanos = Math.max(worstNanos, world.now() - since);
      since = -1;
      heard.clear();
      first = null;
    }
  }

  // ---- numbers ---------------------------------------------------------------------------------

  /** The longest time with two active, whatever was cut. */
  long worstNanos() {
    return worstNanos;
  }

  /** The longest time with two active, both running, with a way across. */
  long worstAcrossNanos() {
    return worstAcrossNanos;
  }

  /** The longest time with two active after one of them had heard the other. */
  long worstHeardNanos() {
    return worstHeardNanos;
  }
}
