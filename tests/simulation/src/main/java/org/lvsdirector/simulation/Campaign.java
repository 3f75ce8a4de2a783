package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.Locale;

/** Many worlds of random faults, one for each seed, and their numbers. */
final class Campaign {

  static final long HOUR = 3600 * SECOND;

  private long worlds;
  private long events;
  private long transitions;
  private long takeovers;
  private double worstTakeoverRatio;
  private long worstOutageNanos;
  private long worstDualNanos;
  private long worstDualWithPathNanos;
  private final long startedNanos = System.nanoTime();

  /** One hour of each seed. */
  static Campaign run(long firstSeed, long hours) {
    var campaign = new Campaign();
    for (var seed = firstSeed; seed < firstSeed + hours; seed++) {
      campaign.add(Faults.run(seed, HOUR));
    }
    return campaign;
  }

  private void add(World world) {
    var invariants = world.invariants();
    worlds++;
    events += world.time().events();
    transitions += invariants.transitions();
    takeovers += invariants.takeovers();
    var deadtime = (double) world.conditions().deadtimeNanos();
    worstTakeoverRatio = Math.max(worstTakeoverRatio, invariants.worstTakeoverNanos() / deadtime);
    worstOutageNanos = Math.max(worstOutageNanos, world.clients().worstNanos());
    worstDualNanos = Math.max(worstDualNanos, invariants.worstDualNanos());
    worstDualWithPathNanos = Math.max(worstDualWithPathNanos, invariants.worstDualWithPathNanos());
  }

  long transitions() {
    return transitions;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "simulated %d hours in %.1f s: %d events, %d transitions, %d takeovers; worst takeover %.2f"
            + " x deadtime, worst dual-active %d ms with a way across, %d ms in a full partition;"
            + " worst outage of clients %d s (both down)",
        worlds,
        (System.nanoTime() - startedNanos) / 1e9,
        events,
        transitions,
        takeovers,
        worstTakeoverRatio,
        worstDualWithPathNanos / MS,
        worstDualNanos / MS,
        worstOutageNanos / SECOND);
  }
}
