// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.director.demo.DemoClient.Tally;

/** The story of the demo, step by step. */
final class DemoScenario {
  private static final int PATIENCE_SECONDS = 60;
  private static final int LOG_LINES = 15;
  private static final int STEADY_SECONDS = 3;

  /** What may fail when a server dies: the requests that it was just working on. */
  private static final int MOST_FAILED = 20;

  private final DemoPair pair;
  private final Processes processes;
  private final DemoClient client;
  private final DemoReport report;

  DemoScenario(DemoPair pair, Processes processes, DemoClient client, DemoReport report) {
    this.pair = pair;
    this.processes = processes;
    this.client = client;
    this.report = report;
  }

  /** Plays the story; ends early when a step does not hold. */
  void play() throws IOException, InterruptedException {
    var ticker = Thread.ofPlatform().daemon().name("demo-load").unstarted(this::showLoad);
    if (!startEverything()) {
      return;
    }
    client.start();
    ticker.start();
    try {
      if (useAllServers() && loseServer() && returnServer()) {
        var lost = loseActiveDirector();
        if (lost != null) {
          returnDirector(lost);
        }
      }
    } finally {
      ticker.interrupt();
      ticker.join();
      client.close();
    }
  }

  /** The last log lines of every process, to explain a step that did not hold. */
  void showLogs(PrintStream out) throws IOException {
    for (var node : List.of(DemoPair.PRIMARY, DemoPair.BACKUP)) {
      var log = processes.log(node);
      if (Files.exists(log)) {
        var lines = Files.readAllLines(log);
        out.println();
        out.println("the end of the log of the " + node + ":");
        lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).forEach(out::println);
      }
    }
  }

  private boolean startEverything() throws IOException, InterruptedException {
    for (var server : pair.realServers()) {
      pair.startServer(server);
    }
    pair.startDirector(DemoPair.PRIMARY);
    pair.startDirector(DemoPair.BACKUP);
    report.event("started 3 processes of real servers and 2 directors");
    var nanos =
        DemoPair.await(
            PATIENCE_SECONDS * 2,
            () ->
                isSettled(DemoPair.PRIMARY)
                    && isSettled(DemoPair.BACKUP)
                    && pair.activeNodes().size() == 1);
    var active = String.join(" and ", pair.activeNodes());
    report.step(
        "one director active, one standby",
        nanos >= 0,
        nanos >= 0
            ? "the " + active + " is active after " + millis(nanos) + ", all servers healthy"
            : "not within " + 2 * PATIENCE_SECONDS + " s; active: " + active);
    return nanos >= 0;
  }

  private boolean isSettled(String node) {
    return pair.status(node)
        .filter(report -> DemoPair.isActive(report) || DemoPair.isStandby(report))
        .filter(report -> report.partner() != null && report.partner().isAlive())
        .filter(
            report ->
                pair.realServers().stream()
                    .allMatch(server -> DemoPair.hasInTable(server.name()).test(report)))
        .isPresent();
  }

  private boolean useAllServers() throws InterruptedException {
    var before = client.tally();
    Thread.sleep(STEADY_SECONDS * 1_000L);
    var tally = client.tally().since(before);
    var isHeld =
        tally.failures() == 0
            && pair.realServers().stream()
                .allMatch(server -> tally.answersByServer().getOrDefault(server.name(), 0L) > 0);
    report.step("all servers used", isHeld, shares(tally));
    return isHeld;
  }

  private boolean loseServer() throws InterruptedException {
    var victim = victim();
    report.event("killing the real server " + victim + " (SIGKILL)");
    var before = client.tally();
    processes.kill(victim);
    var nanos = DemoPair.await(PATIENCE_SECONDS, () -> isOutOfTable(victim));
    var failed = client.tally().since(before).failures();
    report.step(
        "dead server removed",
        nanos >= 0 && failed <= MOST_FAILED,
        nanos >= 0
            ? victim + " left the table after " + millis(nanos) + ", requests failed: " + failed
            : victim + " is still in the table after " + PATIENCE_SECONDS + " s");
    Thread.sleep(1_500);
    return nanos >= 0;
  }

  private boolean returnServer() throws IOException, InterruptedException {
    var victim = victim();
    report.event("starting " + victim + " again");
    var before = client.tally();
    for (var server : pair.realServers()) {
      if (server.name().equals(victim)) {
        pair.startServer(server);
      }
    }
    var nanos =
        DemoPair.await(
            PATIENCE_SECONDS,
            () -> client.tally().since(before).answersByServer().getOrDefault(victim, 0L) > 0);
    report.step(
        "server returned",
        nanos >= 0,
        nanos >= 0
            ? victim + " answers clients again " + millis(nanos) + " after its start"
            : victim + " got no request within " + PATIENCE_SECONDS + " s");
    Thread.sleep(1_500);
    return nanos >= 0;
  }

  /** Returns the node that was killed, or null when nobody took over. */
  private @Nullable String loseActiveDirector() throws InterruptedException {
    var lost = pair.activeNodes().getFirst();
    var heir = lost.equals(DemoPair.PRIMARY) ? DemoPair.BACKUP : DemoPair.PRIMARY;
    report.event("killing the active director, the " + lost + " (SIGKILL)");
    var before = client.tally();
    client.watchGap();
    var killedNanos = System.nanoTime();
    processes.kill(lost);
    var nanos =
        DemoPair.await(
            PATIENCE_SECONDS,
            () ->
                pair.activeNodes().equals(List.of(heir))
                    && client.tally().since(before).answers() > 0
                    && client.lastAnswerNanos() - killedNanos > client.longestGapNanos());
    var outage = client.longestGapNanos();
    var failed = client.tally().since(before).failures();
    report.step(
        "takeover by the standby",
        nanos >= 0,
        nanos >= 0
            ? "the "
                + heir
                + " is active, outage seen by the client "
                + millis(outage)
                + ", requests failed: "
                + failed
            : "no answer from the " + heir + " within " + PATIENCE_SECONDS + " s");
    Thread.sleep(1_500);
    return nanos >= 0 ? lost : null;
  }

  private void returnDirector(String lost) throws IOException, InterruptedException {
    report.event("starting the " + lost + " again");
    var before = client.tally();
    pair.startDirector(lost);
    var nanos =
        DemoPair.await(
            PATIENCE_SECONDS,
            () -> isSettled(lost) && pair.status(lost).filter(DemoPair::isStandby).isPresent());
    Thread.sleep(1_500);
    var active = pair.activeNodes();
    var failed = client.tally().since(before).failures();
    var isHeld = nanos >= 0 && active.size() == 1 && !active.contains(lost) && failed == 0;
    report.step(
        "dead director returned as standby",
        isHeld,
        nanos >= 0
            ? "the "
                + lost
                + " is standby after "
                + millis(nanos)
                + ", the "
                + String.join(" and ", active)
                + " stays active, requests failed: "
                + failed
            : "not within " + PATIENCE_SECONDS + " s");
  }

  private String victim() {
    var servers = pair.realServers();
    return servers.get(Math.min(1, servers.size() - 1)).name();
  }

  /** Whether the one active director no longer sends connections to a server. */
  private boolean isOutOfTable(String server) {
    var active = pair.activeNodes();
    return active.size() == 1
        && pair.status(active.getFirst())
            .filter(report -> !DemoPair.hasInTable(server).test(report))
            .isPresent();
  }

  private void showLoad() {
    var before = client.tally();
    var beforeNanos = System.nanoTime();
    while (true) {
      LockSupport.parkNanos(1_000_000_000L);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      var now = client.tally();
      var nowNanos = System.nanoTime();
      var active = pair.activeNodes();
      report.load(
          now.since(before),
          (nowNanos - beforeNanos) / 1e9,
          active.isEmpty() ? "none" : String.join(" and ", active));
      before = now;
      beforeNanos = nowNanos;
    }
  }

  private static String shares(Tally tally) {
    return tally.answersByServer().entrySet().stream()
            .map(share -> share.getKey() + " " + share.getValue())
            .collect(Collectors.joining(", "))
        + " requests, failed: "
        + tally.failures();
  }

  private static String millis(long nanos) {
    return (nanos + 500_000) / 1_000_000 + " ms";
  }
}
