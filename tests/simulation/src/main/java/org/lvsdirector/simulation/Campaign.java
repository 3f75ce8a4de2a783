// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.Locale;
import java.util.function.Consumer;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** Many worlds of random faults, one for each seed, and their numbers. */
final class Campaign {

  static final long HOUR = 3600 * SECOND;
  private static final long SHOWN_HOURS = 5000;

  private long worlds;
  private long events;
  private long transitions;
  private long takeovers;
  private double worstTakeoverRatio;
  private long worstOutageNanos;
  private long worstDualNanos;
  private long worstAcrossNanos;
  private double worstHeardRatio;
  private double worstIdleShare;
  private double worstWitnessedRatio;
  private final long startedNanos = System.nanoTime();

  /** One hour of each seed; ends at the first that fails. */
  static Campaign run(long firstSeed, long hours) {
    var campaign = new Campaign();
    for (var seed = firstSeed; seed < firstSeed + hours; seed++) {
      campaign.add(Faults.run(seed, HOUR));
    }
    return campaign;
  }

  /**
   * One hour of each seed, failures or not.
   *
   * @param out takes what failed, and the numbers now and then and at the end
   * @return how many failed
   */
  static long runOn(long firstSeed, long hours, Consumer<String> out) {
    var campaign = new Campaign();
    var failed = 0L;
    for (var seed = firstSeed; seed < firstSeed + hours; seed++) {
      try {
        campaign.add(Faults.run(seed, HOUR));
      } catch (AssertionError e) {
        failed++;
        out.accept(String.valueOf(e.getMessage()).lines().findFirst().orElse("seed " + seed));
      }
      if ((seed - firstSeed + 1) % SHOWN_HOURS == 0) {
        out.accept(campaign.toString());
      }
    }
    out.accept(campaign + "; " + failed + " seeds failed");
    return failed;
  }

  private void add(World world) {
    var invariants = world.invariants();
    worlds++;
    events += world.time().events();
    transitions += invariants.transitions();
    takeovers += invariants.takeovers();
    var deadtime = (double) world.conditions().deadtimeNanos();
    var takeover = invariants.worstTakeoverNanos() / deadtime;
    if (world.conditions().policy().witness() == Witnessing.NONE) {
      worstTakeoverRatio = Math.max(worstTakeoverRatio, takeover);
    } else {
      worstWitnessedRatio = Math.max(worstWitnessedRatio, takeover);
    }
    worstOutageNanos = Math.max(worstOutageNanos, world.clients().worstNanos());
    var rivalry = invariants.rivalry();
    worstDualNanos = Math.max(worstDualNanos, rivalry.worstNanos());
    worstAcrossNanos = Math.max(worstAcrossNanos, rivalry.worstAcrossNanos());
    worstHeardRatio = Math.max(worstHeardRatio, rivalry.worstHeardNanos() / deadtime);
    worstIdleShare = Math.max(worstIdleShare, invariants.idleness().worstShare());
  }

  long transitions() {
    return transitions;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "simulated %d hours in %.1f s: %d events, %d transitions, %d takeovers; worst takeover %.2f"
            + " x deadtime, %.2f with the lease of a witness; worst dual-active after the first"
            + " word %.2f x deadtime, %d ms with a way across, %d s in a full partition; longest"
            + " without an active one %.0f %% of the bound; worst outage of clients %d s (both"
            + " down)",
        worlds,
        (System.nanoTime() - startedNanos) / 1e9,
        events,
        transitions,
        takeovers,
        worstTakeoverRatio,
        worstWitnessedRatio,
        worstHeardRatio,
        worstAcrossNanos / MS,
        worstDualNanos / SECOND,
        100 * worstIdleShare,
        worstOutageNanos / SECOND);
  }
}
