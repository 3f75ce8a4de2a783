package org.lvsdirector.simulation;

import static org.lvsdirector.simulation.Timeline.MS;

import java.util.Locale;
import java.util.SplittableRandom;
import org.lvsdirector.pulse.Policy;
import org.lvsdirector.simulation.Conditions.Weather;

/**
 * How often a healthy pair on lossy links fails over for nothing. ARP is cut, so that announcements
 * do not count as signs of life: this is about heartbeats alone.
 */
final class Losses {

  private static final int[] LOSS_PERCENT = {0, 1, 2, 5, 10, 15, 20};
  private static final double[] DEADTIMES = {3, 3.5, 5, 7.5};
  private static final long KEEPALIVE = 100 * MS;

  private Losses() {}

  /** The table, as Markdown: false failovers in 1 000 hours. */
  static String table(long hours) {
    var text = new StringBuilder("| links | loss |");
    for (var deadtime : DEADTIMES) {
      text.append(' ').append(deadtime).append(" x |");
    }
    text.append("\n|---|---|---|---|---|---|\n");
    for (var links = 1; links <= 2; links++) {
      for (var loss : LOSS_PERCENT) {
        text.append("| ").append(links).append(" | ").append(loss).append(" % |");
        for (var deadtime : DEADTIMES) {
          text.append(' ').append(perThousandHours(links, loss, deadtime, hours)).append(" |");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String perThousandHours(int links, int loss, double deadtime, long hours) {
    var seed = links * 1_000_000L + loss * 1000L + (long) (deadtime * 10);
    var random = new SplittableRandom(seed);
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
    var world = new World("losses seed " + seed, conditions, random);
    world.network().arp(true, 0);
    world.directors().forEach(Director::start);
    world.until(hours * Campaign.HOUR);
    var failovers = Math.max(0, world.invariants().takeovers() - 1);
    return String.format(Locale.ROOT, "%.0f", failovers * 1000.0 / hours);
  }
}
