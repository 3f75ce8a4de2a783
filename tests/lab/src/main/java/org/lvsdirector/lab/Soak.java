// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A pair under traffic for a long time, with a random fault after the other. After each the pair is
 * looked at by witnesses that know nothing of directors: who answers for the address, what clients
 * got, what the kernel says of the daemons.
 */
public final class Soak implements AutoCloseable {
  private static final List<Node> DIRECTORS = List.of(Node.PRIMARY, Node.BACKUP);

  /** A fault lasts longer than it takes to notice it. */
  private static final long SHORTEST_FAULT_NANOS = 2_500_000_000L;

  private static final int FURTHER_FAULT_MILLIS = 2_000;

  private final Plan plan;
  private final Random random;
  private final SoakStage stage;
  private final List<SoakRound> rounds = new ArrayList<>();
  private final Map<Long, Resources> young = new HashMap<>();
  private final List<SoakFault> next = new ArrayList<>();

  /**
   * What is to be done.
   *
   * @param rounds how many faults
   * @param everySeconds a fault each time
   * @param seed of all that is random
   * @param folder under {@code lab.output}, for logs and results
   */
  public record Plan(int rounds, int everySeconds, long seed, String folder) {}

  /** What a fault can get at. */
  interface Pair {
    Directors directors();

    Network network();

    /** Where a director keeps its state. */
    Disk disk(Node node);

    /** A file with the false clock's offset. */
    Path clock();

    /** Stops a daemon in order, and starts it with other variables. */
    void restart(Node node, Map<String, String> environment) throws IOException;

    /** Has the roles changed by order. */
    void failOver() throws IOException;
  }

  private Soak(Plan plan) throws IOException {
    this.plan = plan;
    random = new Random(plan.seed);
    stage = SoakStage.open(plan.folder, plan.rounds * plan.everySeconds);
  }

  /**
   * Runs one, and prints its table; ends with status 1 when an invariant was broken.
   *
   * @param args minutes, and the seed
   */
  public static void main(String[] args) throws IOException {
    var plan = new Plan(Integer.parseInt(args[0]), 60, Long.parseLong(args[1]), "soak");
    var result = run(plan);
    System.out.println(result.text());
    if (!result.broken().isEmpty()) {
      System.err.println(
          "what the hosts said, and soak.json: %s%nagain: tests/lab/run soak --minutes %d --seed %d"
              .formatted(result.folder(), plan.rounds, plan.seed));
      System.exit(1);
    }
  }

  /** Runs one to its end, whatever breaks. */
  public static SoakResult run(Plan plan) throws IOException {
    System.err.printf("soak: seed %d, %d faults%n", plan.seed, plan.rounds);
    try (var soak = new Soak(plan)) {
      soak.begin();
      var stopped = soak.allRounds();
      var result =
          new SoakResult(plan, soak.stage.folder(), soak.rounds, stopped, soak.stage.resources());
      Files.writeString(
          soak.stage.folder().resolve("soak.json"),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result.json()));
      return result;
    }
  }

  private void begin() throws IOException {
    stage.settle();
    // A process that has just been started is still busy with itself.
    Waiting.nanos(plan.everySeconds * 1_000_000_000L / 4);
    resources();
  }

  /** Empty, or why it could not go on. */
  private String allRounds() {
    for (var i = 0; i < plan.rounds; i++) {
      try {
        var round = round(i + 1);
        rounds.add(round);
        System.err.println(round.row());
      } catch (IOException | RuntimeException stopped) {
        return "fault %d: %s".formatted(i + 1, stopped.getMessage());
      }
    }
    return "";
  }

  private SoakRound round(int number) throws IOException {
    var end = System.nanoTime() + plan.everySeconds * 1_000_000_000L;
    var quiet = new SoakStage.Span(System.nanoTime());
    Waiting.nanos(random.nextInt(plan.everySeconds * 250) * 1_000_000L);
    quiet.end();
    var fault = fault();
    var active = stage.active();
    var node = random.nextBoolean() ? active : active.other();
    var hold = SHORTEST_FAULT_NANOS + random.nextInt(FURTHER_FAULT_MILLIS) * 1_000_000L;
    var span = new SoakStage.Span(System.nanoTime());
    fault.begin(stage, node);
    Waiting.nanos(hold);
    var mended = System.nanoTime();
    fault.end(stage, node);
    stage.settle();
    span.end();
    var seen = stage.seen(fault, node, span, mended);
    var broken = new ArrayList<>(stage.brokenWhileQuiet(quiet));
    broken.addAll(seen.broken(stage.directors().profile(), fault));
    broken.addAll(resources());
    Waiting.nanos(Math.max(0, end - System.nanoTime()));
    return new SoakRound(
        number, fault, node == active ? "active" : "standby", node.word(), seen, broken);
  }

  /** Each of them once before one comes again. */
  private SoakFault fault() {
    if (next.isEmpty()) {
      next.addAll(Arrays.asList(SoakFault.values()));
      Collections.shuffle(next, random);
    }
    return next.removeLast();
  }

  /** What has grown too much in a process that was seen young. */
  private List<String> resources() throws IOException {
    var grown = new ArrayList<String>();
    for (var node : DIRECTORS) {
      var now = Resources.of(stage.directors().pids(node).getFirst());
      var then = young.putIfAbsent(now.pid(), now);
      if (then != null) {
        now.grownSince(then).forEach(one -> grown.add(node.word() + ": " + one));
      }
      stage.note(node, Objects.requireNonNullElse(then, now), now);
    }
    return grown;
  }

  @Override
  public void close() throws IOException {
    stage.close();
  }

  /** A map with one value for each director. */
  static <T> Map<Node, T> each(Function<T> of) throws IOException {
    var map = new EnumMap<Node, T>(Node.class);
    for (var node : DIRECTORS) {
      map.put(node, of.of(node));
    }
    return map;
  }

  /** Something of a director. */
  interface Function<T> {
    T of(Node node) throws IOException;
  }
}
