// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;

/** Replays what a real kernel decided; resources/ipvs-vectors/README.md describes the recording. */
class KernelDecisionsTest {
  private static final List<String> RECORDINGS =
      List.of("sched_vectors_seed1.json", "sched_vectors_seed3.json");

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
        .containsAll(EnumSet.allOf(SchedulerName.class));
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

  private static final class Tally {
    private int decisions;
    private final List<String> differences = new ArrayList<>();

    String line() {
      return "kernel decisions reproduced: %d of %d"
          .formatted(decisions - differences.size(), decisions);
    }
  }

  /** One service of a recording, driven by its operations. */
  private static final class Replay {
    private final String title;
    private final Tally tally;
    private final Scheduler scheduler;
    private final List<Destination> servers = new ArrayList<>();

    Replay(String run, String recording, Tally tally) {
      this.title = recording + " " + run;
      this.tally = tally;
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
      var chosen = scheduler.schedule(flow, 0);
      var ours = chosen == null ? null : chosen.endpoint().address();
      var kernels = syn.get(4).isNull() ? null : IpAddress.of(syn.get(4).asText());
      tally.decisions++;
      if (!Objects.equals(ours, kernels)) {
        tally.differences.add(
            "%s operation %d: %s among %s: kernel %s, ours %s"
                .formatted(title, index, flow, servers, kernels, ours));
      }
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
