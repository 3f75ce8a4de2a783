package org.lvsdirector.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Our pair and keepalived's by turns in the same lab: takeover, outage, processor time, false
 * failovers under load. Prints a table in Markdown.
 */
public final class Compare {
  private static final int PROBES = 1000;

  private final int rounds;
  private final int quietSeconds;
  private final int loadSeconds;

  private Compare(int rounds, int quietSeconds, int loadSeconds) {
    this.rounds = rounds;
    this.quietSeconds = quietSeconds;
    this.loadSeconds = loadSeconds;
  }

  private record Candidate(String name, Lab.PairFactory<? extends Pair> factory) {}

  /**
   * Runs it.
   *
   * @param args rounds, seconds without load, seconds under load; then words of the candidates that
   *     are wanted, all without
   */
  public static void main(String[] args) throws IOException {
    var compare =
        new Compare(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    var wanted = List.of(args).subList(3, args.length);
    compare.printHead();
    for (var candidate : candidates()) {
      if (wanted.isEmpty() || wanted.stream().anyMatch(candidate.name()::contains)) {
        compare.measure(candidate);
      }
    }
  }

  private static List<Candidate> candidates() {
    var all = new ArrayList<Candidate>();
    all.add(ours("1000ms", "3600ms"));
    all.add(theirs("1"));
    all.add(ours("100ms", "750ms"));
    all.add(ours("100ms", "360ms"));
    all.add(theirs("0.1"));
    all.add(ours("20ms", "70ms"));
    all.add(ours("10ms", "36ms"));
    all.add(theirs("0.01"));
    return all;
  }

  private static Candidate ours(String keepalive, String deadtime) {
    return new Candidate(
        "lvs-director " + keepalive + " / " + deadtime,
        (network, folder) ->
            new Directors(
                network, folder, new Profile(keepalive, deadtime, List.of(), 1, List.of())));
  }

  private static Candidate theirs(String interval) {
    return new Candidate(
        "keepalived " + interval + " s",
        (network, folder) -> new Keepalived(network, folder, interval));
  }

  private void printHead() {
    System.out.println(
        "| pair | takeover ms, median / worst | outage ms, median / worst |"
            + " CPU s per hour, active / standby | false failovers in %d s at 200 %% load |"
                .formatted(loadSeconds));
    System.out.println("|---|---|---|---|---|");
  }

  private void measure(Candidate candidate) throws IOException {
    try (var lab = Lab.open("compare", candidate.factory())) {
      var address = lab.echoOnDirectors();
      try (var udp = UdpProber.start(lab.network().host(Node.CLIENT), address, PROBES)) {
        var taken = new ArrayList<Long>();
        var outages = new ArrayList<Long>();
        for (var i = 0; i < rounds; i++) {
          round(lab, udp, taken, outages);
        }
        lab.settle();
        System.out.printf(
            Locale.ROOT,
            "| %s | %d / %d | %d / %d | %s | %d |%n",
            candidate.name(),
            median(taken),
            Collections.max(taken),
            median(outages),
            Collections.max(outages),
            processorTime(lab),
            falseFailovers(lab));
      }
    }
  }

  private static <P extends Pair> void round(
      Lab<P> lab, UdpProber udp, List<Long> taken, List<Long> outages) throws IOException {
    lab.settle();
    awaitService(lab, udp);
    var active = lab.activeNode();
    var start = System.nanoTime();
    lab.powerOff(active);
    lab.await("takeover", () -> lab.heldAfter(active.other(), start) >= 0);
    awaitService(lab, udp);
    taken.add((lab.heldAfter(active.other(), start) - start) / 1_000_000);
    outages.add(udp.outage(start, System.nanoTime()).longestMillis());
    lab.powerOn(active);
  }

  private static void awaitService(Lab<?> lab, UdpProber udp) throws IOException {
    var now = System.nanoTime();
    lab.await("service", () -> udp.isAnsweredSince(now));
  }

  private String processorTime(Lab<?> lab) throws IOException {
    var active = lab.activeNode();
    // What a virtual machine compiles in its first seconds is not what an hour costs.
    Waiting.nanos(quietSeconds * 500_000_000L);
    var start = System.nanoTime();
    var activeBefore = Cpu.seconds(lab.pair().pids(active));
    var standbyBefore = Cpu.seconds(lab.pair().pids(active.other()));
    Waiting.nanos(quietSeconds * 1_000_000_000L);
    var hours = (System.nanoTime() - start) / 3.6e12;
    return "%.1f / %.1f"
        .formatted(
            (Cpu.seconds(lab.pair().pids(active)) - activeBefore) / hours,
            (Cpu.seconds(lab.pair().pids(active.other())) - standbyBefore) / hours);
  }

  private int falseFailovers(Lab<?> lab) throws IOException {
    var start = System.nanoTime();
    var before = claims(lab, start);
    try (var _ = Load.start(2)) {
      Waiting.nanos(loadSeconds * 1_000_000_000L);
    }
    return claims(lab, start) - before;
  }

  /** How often a director got the address since a moment. */
  private static int claims(Lab<?> lab, long sinceNanos) throws IOException {
    var count = 0;
    for (var node : List.of(Node.PRIMARY, Node.BACKUP)) {
      for (var held : lab.held(node, Lab.VIRTUAL_4)) {
        count += held.fromNanos() - sinceNanos > 0 ? 1 : 0;
      }
    }
    return count;
  }

  private static long median(List<Long> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
