// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;

/**
 * Replays what a real kernel decided; resources/ipvs-vectors/README.md describes the recording. Of
 * {@code twos}, which draws by chance, the chance of each decision is computed, and what was chosen
 * must be possible, and as frequent as that.
 */
class KernelDecisionsTest {
  private static final List<String> RECORDINGS =
      List.of("sched_vectors_seed1.json", "sched_vectors_seed3.json");
  private static final String BY_CHANCE = "sched_vectors_twos.json";

  @Test
  void everyDecisionOfTheKernelIsReproduced() {
    var tallies = new LinkedHashMap<String, Tally>();
    for (var recording : RECORDINGS) {
      for (var run : read(recording).properties()) {
        var tally = tallies.computeIfAbsent(run.getKey(), _ -> new Tally());
        new Replay(run.getKey(), recording, tally).play(run.getValue());
      }
    }
    print(tallies);
    assertThat(tallies.values()).flatExtracting(tally -> tally.differences).isEmpty();
    assertThat(tallies.values()).allSatisfy(tally -> assertThat(tally.decisions).isPositive());
    assertThat(tallies.keySet().stream().map(KernelDecisionsTest::scheduler))
        .containsAll(EnumSet.complementOf(EnumSet.of(SchedulerName.TWOS)));
  }

  @Test
  void theKernelsDrawsAreAsLikelyAsOurs() {
    var chances = new Chances();
    for (var run : read(BY_CHANCE).properties()) {
      new Replay(run.getKey(), BY_CHANCE, chances).play(run.getValue());
    }
    System.out.println(chances.line());
    assertThat(chances.impossible).isEmpty();
    assertThat(chances.decisions).isGreaterThan(1_000);
    assertThat(chances.deviations()).isBetween(-3.0, 3.0);
  }

  /** Judges one decision. */
  @FunctionalInterface
  private interface Judge {
    /**
     * Judges it.
     *
     * @param chosen what the kernel chose
     */
    void decided(
        String what,
        Scheduler scheduler,
        List<Destination> servers,
        Flow flow,
        @Nullable IpAddress chosen);
  }

  /**
   * How the kernel's choices compare with the chances that ours gives them: the sum over all
   * decisions of the chance of what was chosen, beside what it must be, in standard deviations.
   */
  private static final class Chances implements Judge {
    private int decisions;
    private double sum;
    private double expected;
    private double variance;
    private final List<String> impossible = new ArrayList<>();

    @Override
    public void decided(
        String what,
        Scheduler scheduler,
        List<Destination> servers,
        Flow flow,
        @Nullable IpAddress chosen) {
      var chances = of(servers);
      var chance = chosen == null ? (chances.isEmpty() ? 1 : 0) : chances.getOrDefault(chosen, 0.0);
      decisions++;
      if (chance == 0) {
        impossible.add(what + ": " + chosen + " among " + servers);
      } else if (chosen != null) {
        var squares = chances.values().stream().mapToDouble(p -> p * p).sum();
        sum += chance;
        expected += squares;
        variance += chances.values().stream().mapToDouble(p -> p * p * p).sum() - squares * squares;
      }
    }

    /** Every pair of draws is as likely as any other. */
    private static Map<IpAddress, Double> of(List<Destination> servers) {
      var total = TwoChoices.totalWeight(servers);
      var chances = new HashMap<IpAddress, Double>();
      for (var draw1 = 0L; total > 0 && draw1 <= total; draw1++) {
        for (var draw2 = 0L; draw2 <= total; draw2++) {
          var chosen = Objects.requireNonNull(TwoChoices.choose(servers, draw1, draw2));
          chances.merge(
              chosen.endpoint().address(), 1.0 / ((total + 1) * (total + 1)), Double::sum);
        }
      }
      return chances;
    }

    double deviations() {
      return (sum - expected) / Math.sqrt(variance);
    }

    String line() {
      return "kernel decisions by chance: %d of %d possible, %.2f standard deviations"
          .formatted(decisions - impossible.size(), decisions, deviations());
    }
  }

  private static void print(Map<String, Tally> tallies) {
    tallies.forEach((run, tally) -> System.out.println(tally.line() + "  " + run));
    var total = new Tally();
    for (var tally : tallies.values()) {
      total.decisions += tally.decisions;
      total.differences.addAll(tally.differences);
    }
    System.out.println(total.line() + "  in total");
  }

  private static final class Tally implements Judge {
    private int decisions;
    private final List<String> differences = new ArrayList<>();

    @Override
    public void decided(
        String what,
        Scheduler scheduler,
        List<Destination> servers,
        Flow flow,
        @Nullable IpAddress chosen) {
      var found = scheduler.schedule(flow, 0);
      var ours = found == null ? null : found.endpoint().address();
      decisions++;
      if (!Objects.equals(ours, chosen)) {
        differences.add(
            "%s: %s among %s: kernel %s, ours %s".formatted(what, flow, servers, chosen, ours));
      }
    }

    String line() {
      return "kernel decisions reproduced: %d of %d"
          .formatted(decisions - differences.size(), decisions);
    }
  }

  /** One service of a recording, driven by its operations. */
  private static final class Replay {
    private final String title;
    private final Judge judge;
    private final Scheduler scheduler;
    private final List<Destination> servers = new ArrayList<>();

    Replay(String run, String recording, Judge judge) {
      this.title = recording + " " + run;
      this.judge = judge;
      this.scheduler = Schedulers.create(scheduler(run), flags(run));
    }

    void play(JsonNode operations) {
      for (var i = 0; i < operations.size(); i++) {
        step(i, operations.get(i));
      }
    }

    private void step(int index, JsonNode operation) {
      switch (operation.get(0).asText()) {
        case "add" -> {
          var server = new Destination(endpoint(operation), operation.get(3).asInt(), 0, 0);
          servers.addFirst(server);
          scheduler.added(server);
        }
        case "del" -> {
          var server = find(endpoint(operation));
          servers.remove(server);
          scheduler.removed(server);
        }
        case "weight" -> {
          var server = find(endpoint(operation));
          server.edit(operation.get(3).asInt(), 0, 0);
          scheduler.edited(server);
        }
        case "syn" -> decide(index, operation);
        case "fin" -> {} // The next syn carries the counts.
        default -> throw new AssertionError("unknown operation: " + operation);
      }
    }

    private void decide(int index, JsonNode syn) {
      assertThat(syn.get(5)).as("%s %d", title, index).hasSameSizeAs(servers);
      for (var i = 0; i < servers.size(); i++) {
        var counts = syn.get(5).get(i);
        servers.get(i).connections(counts.get(0).asInt(), counts.get(1).asInt());
      }
      var flow = new Flow(number(syn.get(1)), syn.get(2).asInt(), number(syn.get(3)));
      var chosen = syn.get(4).isNull() ? null : IpAddress.of(syn.get(4).asText());
      judge.decided("%s operation %d".formatted(title, index), scheduler, servers, flow, chosen);
    }

    private Destination find(Endpoint endpoint) {
      return servers.stream()
          .filter(server -> server.endpoint().equals(endpoint))
          .findFirst()
          .orElseThrow();
    }
  }

  private static JsonNode read(String recording) {
    try (var in = KernelDecisionsTest.class.getResourceAsStream("/ipvs-vectors/" + recording)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SchedulerName scheduler(String run) {
    return SchedulerName.ofWord(run.substring(0, run.indexOf(' '))).orElseThrow();
  }

  private static Set<SchedulerFlag> flags(String run) {
    var bits = Integer.parseInt(run.substring(run.indexOf('=') + 1));
    return Map.of(SchedulerFlag.FALLBACK, 8, SchedulerFlag.PORT, 16).entrySet().stream()
        .filter(flag -> (bits & flag.getValue()) != 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Endpoint endpoint(JsonNode operation) {
    return new Endpoint(IpAddress.of(operation.get(1).asText()), operation.get(2).asInt());
  }

  private static IpAddress number(JsonNode address) {
    return IpAddress.ofIpv4((int) address.asLong());
  }
}
