// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * The steps of one planned failover, each in milliseconds after the order; -1 for one that was not
 * seen.
 *
 * @param claimed the standby begins
 * @param taken the address is on the standby, by its kernel
 * @param active the standby has the role
 * @param announced the client hears that the address has moved
 * @param released the address has left the one that was active, by its kernel
 * @param outage the longest time in which clients were not served
 * @param connections begun by clients
 * @param failed of those, the ones that were not under way when the address moved
 * @param cut of those, the ones that were: what a proxy carries ends with its director
 */
record Planned(
    long claimed,
    long taken,
    long active,
    long announced,
    long released,
    long outage,
    int connections,
    int failed,
    int cut) {

  /**
   * One that was carried out.
   *
   * @param from the director that was active
   * @param startNanos when it was ordered, by {@link System#nanoTime}
   * @param endNanos when clients were served by the other
   */
  record Order(Node from, long startNanos, long endNanos) {}

  /** Orders one and waits until clients are served by the other. */
  static Order carryOut(Stage stage, Node from) throws IOException {
    var start = System.nanoTime();
    var answer = stage.directors().order(from, "failover");
    stage.awaitTakeover(from.other());
    stage.lab().await("released, after " + answer, () -> stage.directors().isReady(from));
    return new Order(from, start, System.nanoTime());
  }

  /** What was seen of it so far: a connection that fails for want of an answer fails late. */
  static Planned seen(Stage stage, Order order) throws IOException {
    var from = order.from;
    var start = order.startNanos;
    var moved = movedAt(stage, from.other(), start);
    var tcp = stage.tcp().result(start, order.endNanos);
    var cut = moved < 0 ? 0 : stage.tcp().failedAcross(start, moved);
    return new Planned(
        role(stage, from.other(), "CLAIMING", start),
        millis(stage.lab().heldAfter(from.other(), start), start),
        role(stage, from.other(), "ACTIVE", start),
        millis(moved, start),
        millis(releasedAt(stage, from, start), start),
        stage.udp().outage(start, order.endNanos).longestMillis(),
        tcp.attempts(),
        tcp.failed() - cut,
        cut);
  }

  /** When the client heard that the address has moved; -1 when it has not. */
  static long movedAt(Stage stage, Node to, long start) {
    var mac = Net.PUBLIC.mac(to.number());
    return stage.arp().since(start).stream()
        .filter(seen -> AnnouncementsIT.isAnnouncement(seen.frame(), mac))
        .mapToLong(FrameWatch.Seen::atNanos)
        .findFirst()
        .orElse(-1);
  }

  private static long releasedAt(Stage stage, Node from, long start) throws IOException {
    return stage.lab().held(from, Lab.VIRTUAL_4).stream()
        .mapToLong(AddressWatch.Held::untilNanos)
        .filter(until -> until != Long.MAX_VALUE && until - start > 0)
        .findFirst()
        .orElse(-1);
  }

  private static long role(Stage stage, Node node, String role, long start) throws IOException {
    return stage.directors().transitions(start).stream()
        .filter(one -> one.node() == node && one.to().equals(role))
        .mapToLong(one -> Math.max(0, millis(one.atNanos(), start)))
        .findFirst()
        .orElse(-1);
  }

  private static long millis(long nanos, long start) {
    return nanos == -1 ? -1 : (nanos - start) / 1_000_000;
  }

  /** The median and the worst outage of several, and each with its steps, as lines of text. */
  static String text(List<Planned> all) {
    var text = new StringBuilder();
    text.append(
        String.format(
            "The lab: %d planned failovers: outage ms median %d worst %d, %d of %d new connections"
                + " failed, %d cut%n",
            all.size(),
            medianOutage(all),
            all.stream().mapToLong(Planned::outage).max().orElse(0),
            all.stream().mapToInt(Planned::failed).sum(),
            all.stream().mapToInt(Planned::connections).sum(),
            all.stream().mapToInt(Planned::cut).sum()));
    for (var one : all) {
      text.append(
          String.format(
              "  ms after the order: claimed %d, taken %d, active %d, announced %d, released %d;"
                  + " outage %d%n",
              one.claimed, one.taken, one.active, one.announced, one.released, one.outage));
    }
    return text.toString();
  }

  static long medianOutage(List<Planned> all) {
    var sorted = all.stream().sorted(Comparator.comparingLong(Planned::outage)).toList();
    return sorted.get(sorted.size() / 2).outage();
  }
}
