// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Role;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.StatusReport;

/** The pair of the demo: starts its processes and asks them how they are. */
final class DemoPair {
  static final String PRIMARY = "primary";
  static final String BACKUP = "backup";

  private static final int POLL_MILLIS = 10;

  private final Processes processes;
  private final Path lvsCf;
  private final Config config;

  DemoPair(Processes processes, Path lvsCf, Config config) {
    this.processes = processes;
    this.lvsCf = lvsCf;
    this.config = config;
  }

  List<RealServer> realServers() {
    return config.services().getFirst().servers();
  }

  void startServer(RealServer server) throws IOException {
    processes.start(
        server.name(),
        List.of(
            "demo-server",
            "--until-input-ends",
            "--address",
            server.endpoint().address().toString(),
            "--port",
            Integer.toString(server.endpoint().port()),
            "--name",
            server.name()));
  }

  void startDirector(String node) throws IOException {
    processes.start(node, directorWords(node));
  }

  /** The words after {@code director} that start one director of the pair. */
  List<String> directorWords(String node) {
    var words = new ArrayList<String>();
    words.addAll(
        List.of(
            "run", "--until-input-ends", "--lvs-cf", lvsCf.toString(), "--set", "node=" + node));
    words.addAll(List.of("--set", "engine=proxy", "--set", "admin.socket=" + socket(node)));
    words.addAll(List.of("--set", "state-dir=" + processes.folder().resolve(node)));
    return words;
  }

  Path socket(String node) {
    return processes.folder().resolve(node + ".sock");
  }

  /** What a director says of itself, or nothing while it does not answer. */
  Optional<StatusReport> status(String node) {
    if (!processes.isAlive(node)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AdminClient(socket(node)).status());
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  /** The nodes that say they are active. */
  List<String> activeNodes() {
    return List.of(PRIMARY, BACKUP).stream()
        .filter(node -> status(node).filter(DemoPair::isActive).isPresent())
        .toList();
  }

  static boolean isActive(StatusReport report) {
    return report.self().role() == Role.ACTIVE;
  }

  static boolean isStandby(StatusReport report) {
    return report.self().role() == Role.STANDBY;
  }

  /** Whether a server takes connections, by the table of the director that says so. */
  static Predicate<StatusReport> hasInTable(String server) {
    return report ->
        report.services().stream()
            .flatMap(service -> service.servers().stream())
            .anyMatch(found -> found.name().equals(server) && found.isInTable());
  }

  /**
   * Waits until something holds.
   *
   * @return the nanoseconds that it took, or -1 when it did not happen in time
   */
  static long await(int seconds, BooleanSupplier condition) throws InterruptedException {
    var start = System.nanoTime();
    while (System.nanoTime() - start < seconds * 1_000_000_000L) {
      if (condition.getAsBoolean()) {
        return System.nanoTime() - start;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return -1;
  }
}
