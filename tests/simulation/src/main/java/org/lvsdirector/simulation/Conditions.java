// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;
import static org.lvsdirector.simulation.Timeline.SECOND;

import java.util.List;
import java.util.SplittableRandom;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Policy.Witnessing;
import org.lvsdirector.pulse.failover.Settings;

/**
 * What a world is like.
 *
 * @param keepaliveNanos of the pair
 * @param deadtimeNanos of the pair
 * @param links how many links, the first over the public network
 * @param policy of the pair
 * @param weather how the links treat heartbeats
 * @param failingPercent how many effects fail
 * @param isJittery whether effects and events take random times
 * @param skewPpm how much faster the primary's clock runs than the backup's
 */
record Conditions(
    long keepaliveNanos,
    long deadtimeNanos,
    int links,
    Policy policy,
    Weather weather,
    int failingPercent,
    boolean isJittery,
    int skewPpm) {

  /**
   * How links treat heartbeats.
   *
   * @param lossPercent how many are lost
   * @param doublePercent how many arrive twice
   * @param latePercent how many are late, by up to half of deadtime, and so out of order
   * @param delayNanos what the others take at most
   */
  record Weather(double lossPercent, double doublePercent, double latePercent, long delayNanos) {
    static final Weather FINE = new Weather(0, 0, 0, MS);
  }

  /** Keepalive and deadtime in milliseconds, and how many of 100 schedules have them. */
  private static final int[][] TIMES = {
    {20, 70, 1}, {100, 750, 14}, {250, 1300, 15}, {500, 1750, 30}, {1000, 3500, 40}
  };

  /** Defaults, two links, fine weather, nothing random. */
  static Conditions quiet() {
    return new Conditions(100 * MS, 750 * MS, 2, Policy.DEFAULT, Weather.FINE, 0, false, 0);
  }

  Conditions with(Policy changed) {
    return new Conditions(
        keepaliveNanos, deadtimeNanos, links, changed, weather, failingPercent, isJittery, skewPpm);
  }

  /** The settings of one of the two. */
  Settings settings(Node node) {
    var names = List.of("public", "private").subList(0, links);
    return new Settings(node, true, names, keepaliveNanos, deadtimeNanos, policy);
  }

  /** The longest that a heartbeat is on its way. */
  long longestDelayNanos() {
    return weather.latePercent() > 0 ? deadtimeNanos / 2 : weather.delayNanos();
  }

  /** How long a claim waits for the disk, the ping targets and the witness. */
  long evidenceNanos() {
    var asks = policy.hasTargets() || policy.witness() != Witnessing.NONE;
    return Math.max(Math.min(2 * keepaliveNanos, 200 * MS), asks ? 100 * MS : 0);
  }

  /** Anything. */
  static Conditions random(SplittableRandom random) {
    var times = times(random.nextInt(100));
    var deadtime = times[1] * MS;
    var weather =
        new Weather(
            random.nextInt(6),
            random.nextInt(3),
            random.nextInt(4),
            Math.max(MS, Math.min(5 * MS, times[0] * MS / 10)));
    return new Conditions(
        times[0] * MS,
        deadtime,
        random.nextInt(4) == 0 ? 1 : 2,
        policy(random, deadtime),
        weather,
        random.nextInt(10),
        true,
        random.nextInt(-20_000, 20_000));
  }

  private static int[] times(int percent) {
    var left = percent;
    for (var times : TIMES) {
      left -= times[2];
      if (left < 0) {
        return times;
      }
    }
    throw new IllegalStateException("the shares are not 100 in all");
  }

  private static Policy policy(SplittableRandom random, long deadtime) {
    var policy = Policy.DEFAULT;
    if (random.nextInt(3) == 0) {
      policy = policy.withTargets();
    }
    if (random.nextInt(3) == 0) {
      var isStrict = random.nextBoolean();
      policy =
          policy.withWitness(
              isStrict ? Witnessing.STRICT : Witnessing.CLAIM, Math.max(2 * SECOND, 3 * deadtime));
    }
    if (random.nextInt(3) == 0) {
      policy = policy.withFailback(5 * SECOND, 60 * SECOND);
    }
    return policy;
  }
}
