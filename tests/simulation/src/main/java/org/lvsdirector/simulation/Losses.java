// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.simulation.Conditions.Weather;

/**
 * How often a healthy pair on lossy links fails over for nothing. ARP is cut, so that announcements
 * do not count as signs of life: this is about heartbeats alone.
 */
final class Losses {

  private static final int[] LOSS_PERCENT = {0, 1, 2, 5, 10, 15, 20};
  private static final double[] DEADTIMES = {3, 3.5, 5, 7.5};
  private static final long KEEPALIVE = 100 * MS;

  /** So many counted are sure to a tenth. */
  private static final long ENOUGH = 400;

  private Losses() {}

  /**
   * The table, as Markdown: false failovers in 1 000 hours, and how sure they are. A number is
   * measured for so many hours, or until enough were counted.
   *
   * @param hours the most for each number
   * @param fewestLinks the rows of so many links and more
   * @param out takes the lines as they are ready
   */
  static void table(long hours, int fewestLinks, Consumer<String> out) {
    var head = new StringBuilder("| links | loss |");
    for (var deadtime : DEADTIMES) {
      head.append(' ').append(deadtime).append(" x |");
    }
    out.accept(head.append("\n|---|---|---|---|---|---|").toString());
    for (var links = fewestLinks; links <= 2; links++) {
      for (var loss : LOSS_PERCENT) {
        var line = new StringBuilder("| " + links + " | " + loss + " % |");
        for (var deadtime : DEADTIMES) {
          line.append(' ').append(measure(links, loss, deadtime, hours)).append(" |");
        }
        out.accept(line.toString());
      }
    }
  }

  private static String measure(int links, int loss, double deadtime, long hours) {
    var seed = links * 1_000_000L + loss * 1000L + (long) (deadtime * 10);
    var conditions =
        new Conditions(
            KEEPALIVE,
            (long) (KEEPALIVE * deadtime),
            links,
            Policy.DEFAULT,
            new Weather(loss, 0, 0, 2 * MS),
            0,
            true,
            20);
    var world = new World("losses seed " + seed, conditions, new SplittableRandom(seed));
    world.unchecked();
    world.network().arp(true, 0);
    world.directors().forEach(Director::start);
    var hour = 0L;
    while (hour < hours && failovers(world) < ENOUGH) {
      world.until(++hour * Campaign.HOUR);
    }
    return text(failovers(world), hour);
  }

  private static long failovers(World world) {
    return Math.max(0, world.invariants().takeovers() - 1);
  }

  /** With the half width of the 95 % interval of a Poisson count; of none, the rule of three. */
  private static String text(long count, long hours) {
    var perCount = 1000.0 / hours;
    return count == 0
        ? String.format(Locale.ROOT, "0 (< %.0f)", Math.ceil(3 * perCount))
        : String.format(
            Locale.ROOT,
            "%.0f ± %.0f",
            (double) count * perCount,
            1.96 * Math.sqrt((double) count) * perCount);
  }
}
