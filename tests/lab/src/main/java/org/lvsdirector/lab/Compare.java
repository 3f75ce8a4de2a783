// SPDX-License-Identifier: Apache-2.0
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

  /** A pair that has just been started is busy with that, and no pair of the field is so young. */
  private static final long AGE_NANOS = 3_000_000_000L;

  private static final String HEADER =
      "| pair | power cuts | takeover ms, median / worst | outage ms, median / worst |"
          + " CPU s per hour, active / standby | false failovers under load |";
  private static final String LOAD_HEADER =
      "| pair | false failovers under load | sent late ms, median / 99th percentile: active |"
          + " standby |";

  private final Amounts amounts;

  private Compare(Amounts amounts) {
    this.amounts = amounts;
  }

  /**
   * How much is measured.
   *
   * @param rounds power cuts for each pair
   * @param quickRounds the same for the pairs that are to be quick
   * @param quietSeconds without load, for the processor time
   * @param loadSeconds under load
   * @param loops that make the load: each uses a processor
   */
  private record Amounts(
      int rounds, int quickRounds, int quietSeconds, int loadSeconds, int loops) {
    static Amounts of(List<Integer> numbers) {
      return new Amounts(
          numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4));
    }
  }

  /**
   * A pair that is measured.
   *
   * @param warmSeconds what a virtual machine compiles in its first seconds is not what an hour
   *     costs
   */
  private record Candidate(
      String name, int rounds, int warmSeconds, Lab.PairFactory<? extends Pair> factory) {}

  /**
   * Runs it.
   *
   * @param args {@code pairs} or {@code load}; the amounts in their order; then words of the
   *     candidates that are wanted, all without
   */
  public static void main(String[] args) throws IOException {
    var all = List.of(args);
    var compare =
        new Compare(Amounts.of(all.subList(1, 6).stream().map(Integer::valueOf).toList()));
    var wanted = all.subList(6, all.size());
    var isLoad = all.getFirst().equals("load");
    var chosen =
        (isLoad ? compare.loadCandidates() : compare.candidates())
            .stream()
                .filter(one -> wanted.isEmpty() || wanted.stream().anyMatch(one.name()::contains))
                .toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("none of the pairs has a name like " + wanted);
    }
    var rows = new ArrayList<String>();
    var began = System.nanoTime();
    for (var candidate : chosen) {
      System.err.printf("%4d s: %s%n", seconds(began), candidate.name());
      rows.add(isLoad ? compare.loaded(candidate) : compare.measured(candidate));
      System.err.println("        " + rows.getLast());
    }
    System.err.printf("%4d s: done%n%n", seconds(began));
    print(isLoad ? LOAD_HEADER : HEADER, rows);
  }

  private static long seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1_000_000_000L;
  }

  private List<Candidate> candidates() {
    return List.of(
        ours("1000ms", "3600ms", amounts.rounds()),
        theirs("1", amounts.rounds()),
        ours("100ms", "750ms", amounts.rounds()),
        theirs("0.1", amounts.rounds()),
        ours("20ms", "70ms", amounts.quickRounds()),
        theirs("0.01", amounts.quickRounds()));
  }

  /** What load does to each, and to ours without real time. */
  private List<Candidate> loadCandidates() {
    return List.of(
        ours("100ms", "750ms", 0),
        ours("100ms", "750ms", 0, "real-time.priority=0"),
        theirs("0.1", 0),
        ours("20ms", "70ms", 0),
        ours("20ms", "70ms", 0, "real-time.priority=0"),
        theirs("0.01", 0));
  }

  /** Without checks of real servers, which theirs has not either here. */
  private Candidate ours(String keepalive, String deadtime, int rounds, String... settings) {
    var profile = Profile.of(keepalive, deadtime).unchecked().set(settings);
    return new Candidate(
        "lvs-director %s / %s%s"
            .formatted(keepalive, deadtime, settings.length == 0 ? "" : ", " + settings[0]),
        rounds,
        amounts.quietSeconds() / 2,
        (network, folder) -> new Directors(network, folder, profile));
  }

  private static Candidate theirs(String interval, int rounds) {
    return new Candidate(
        "keepalived " + interval + " s",
        rounds,
        0,
        (network, folder) -> new Keepalived(network, folder, interval));
  }

  private static void print(String header, List<String> rows) {
    System.out.println(header);
    System.out.println(header.replaceAll("[^|]+", "---"));
    rows.forEach(System.out::println);
  }

  private String measured(Candidate candidate) throws IOException {
    try (var lab = Lab.open("compare", candidate.factory())) {
      var address = lab.echoOnDirectors();
      try (var udp = UdpProber.start(lab.network().host(Node.CLIENT), address, PROBES)) {
        var taken = new ArrayList<Long>();
        var outages = new ArrayList<Long>();
        for (var i = 0; i < candidate.rounds(); i++) {
          round(lab, udp, taken, outages);
        }
        lab.settle();
        return String.format(
            Locale.ROOT,
            "| %s | %d | %d / %d | %d / %d | %s | %s |",
            candidate.name(),
            candidate.rounds(),
            median(taken),
            Collections.max(taken),
            median(outages),
            Collections.max(outages),
            processorTime(lab, candidate.warmSeconds()),
            falseFailovers(lab));
      }
    }
  }

  private String loaded(Candidate candidate) throws IOException {
    try (var lab = Lab.open("compare", candidate.factory())) {
      lab.settle();
      Waiting.nanos(AGE_NANOS);
      var active = lab.activeNode();
      return "| %s | %s | %s | %s |"
          .formatted(
              candidate.name(),
              falseFailovers(lab),
              lab.pair().lateness(active),
              lab.pair().lateness(active.other()));
    }
  }

  private static <P extends Pair> void round(
      Lab<P> lab, UdpProber udp, List<Long> taken, List<Long> outages) throws IOException {
    lab.settle();
    awaitService(lab, udp);
    Waiting.nanos(AGE_NANOS);
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

  private String processorTime(Lab<?> lab, int warmSeconds) throws IOException {
    var active = lab.activeNode();
    Waiting.nanos(warmSeconds * 1_000_000_000L);
    var start = System.nanoTime();
    var activeBefore = Cpu.seconds(lab.pair().pids(active));
    var standbyBefore = Cpu.seconds(lab.pair().pids(active.other()));
    Waiting.nanos(amounts.quietSeconds() * 1_000_000_000L);
    var hours = (System.nanoTime() - start) / 3.6e12;
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f",
        (Cpu.seconds(lab.pair().pids(active)) - activeBefore) / hours,
        (Cpu.seconds(lab.pair().pids(active.other())) - standbyBefore) / hours);
  }

  private String falseFailovers(Lab<?> lab) throws IOException {
    var start = System.nanoTime();
    var before = claims(lab, start);
    try (var _ = Load.start(amounts.loops())) {
      Waiting.nanos(amounts.loadSeconds() * 1_000_000_000L);
    }
    return "%d in %d s".formatted(claims(lab, start) - before, amounts.loadSeconds());
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
