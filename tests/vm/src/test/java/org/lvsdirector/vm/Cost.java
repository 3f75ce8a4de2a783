// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ipvs.IpvsEngine;
import org.lvsdirector.engine.ipvs.IpvsSettings;
import org.lvsdirector.engine.ipvs.sync.SyncLoop;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableDiff;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.lab.Host;
import org.lvsdirector.linux.Libc;

/**
 * What a large table costs, beside ipvsadm and keepalived on the same kernel; prints rows of a
 * table. {@code run cost} starts it in the guest.
 */
final class Cost {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String HOST = "cost";

  private final Path folder;
  private final Host host;
  private final LargeTable size;

  /** What was measured once: messages that change the table, and the time to the last of them. */
  private record Row(String what, String who, long messages, double seconds) {
    @Override
    public String toString() {
      return "| %s | %s | %d | %.3f |".formatted(what, who, messages, seconds);
    }
  }

  private Cost(Path folder, LargeTable size) throws IOException {
    this.folder = folder;
    this.size = size;
    host = new Host(HOST, folder);
  }

  /** Measures; the words are the numbers of services and of servers of each. */
  public static void main(String[] words) throws Exception {
    Guest.run("bash", "-c", "modprobe -a ip_vs dummy && ip netns add " + HOST);
    var size = new LargeTable(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    var cost = new Cost(Files.createTempDirectory("cost"), size);
    cost.host.ip("link set lo up", "link add shared type dummy", "link set shared up");
    System.out.println("| what | who | messages | s |");
    System.out.println("|---|---|---|---|");
    cost.measure();
  }

  private static final String WHOLE = "the whole table, from nothing";
  private static final String ONE = "one weight among all";
  private static final String ENGINE = "the engine alone";

  private void measure() throws Exception {
    var rules = Files.writeString(folder.resolve("rules"), size.ipvsadm());
    inTurn(WHOLE, "ipvsadm -R", () -> host.run("bash", "-c", "ipvsadm -R <" + rules));
    inTurn(ONE, "ipvsadm -e", () -> host.run(size.ipvsadmOne(2)));
    engine();
    director();
    keepalived();
  }

  /** The engine alone, in a process that runs; the second time, as the first loads classes. */
  private void engine() throws Exception {
    host.call(
        () -> {
          var settings = new IpvsSettings(IpvsSettings.Adoption.ALL, folder.resolve("own"));
          try (var engine = IpvsEngine.open(settings, Libc.system(), SyncLoop::start)) {
            clear();
            change(engine, Table.EMPTY, size.table(1));
            clear();
            inTurn(WHOLE, ENGINE, () -> change(engine, Table.EMPTY, size.table(1)));
            inTurn(ONE, ENGINE, () -> change(engine, size.table(1), size.table(2)));
            inTurn("a look at the whole table", ENGINE, engine::read);
          }
          return settings;
        });
  }

  /** Changes, and looks at the services that were touched, at most so many as lvsd does at once. */
  private static Table change(ForwardingEngine engine, Table from, Table to) {
    var changes = TableDiff.between(from, to);
    engine.apply(changes);
    return engine.read(
        changes.stream().map(TableOp::key).distinct().limit(32).collect(Collectors.toSet()));
  }

  private void director() throws Exception {
    clear();
    var lvsCf = Files.writeString(folder.resolve("lvs.cf"), size.lvsCf(1));
    try (var director =
        new DirectorProcess(
            host,
            folder,
            "--lvs-cf",
            lvsCf.toString(),
            "--set",
            "node=primary",
            "--set",
            "engine=ipvs")) {
      inTurn(
          WHOLE,
          "director, from its start",
          () -> {
            director.start();
            return awaitWrites(size.changes(), director::text);
          });
      await().atMost(PATIENCE).until(() -> director.role().equals("ACTIVE"));
      Files.writeString(folder.resolve("new"), size.lvsCf(2));
      Files.move(folder.resolve("new"), lvsCf, StandardCopyOption.REPLACE_EXISTING);
      var client = new AdminClient(director.socket());
      inTurn(
          ONE,
          "director, from its reload",
          () -> {
            assertThat(client.post("/v1/reload", PATIENCE).status()).isEqualTo(200);
            return awaitWrites(1, director::text);
          });
    }
  }

  private void keepalived() throws Exception {
    clear();
    var file = Files.writeString(folder.resolve("keepalived.conf"), size.keepalived(1));
    var pid = folder.resolve("pid");
    var words =
        List.of(
            "keepalived",
            "-n",
            "-C",
            "-f",
            file.toString(),
            "-p",
            pid.toString(),
            "-c",
            folder.resolve("checkers").toString());
    inTurn(
        WHOLE,
        "keepalived, from its start",
        () -> {
          host.start("keepalived", words, java.util.Map.of());
          return awaitWrites(size.changes(), () -> host.said("keepalived"));
        });
    Files.writeString(file, size.keepalived(2));
    inTurn(
        ONE,
        "keepalived, from its reload",
        () -> {
          Guest.run("bash", "-c", "kill -HUP $(cat " + pid + ")");
          return awaitWrites(1, () -> host.said("keepalived"));
        });
    Guest.run("bash", "-c", "kill $(cat " + pid + ")");
    host.process("keepalived").waitFor();
  }

  private void clear() throws IOException {
    host.run("ipvsadm", "-C");
  }

  private long start;
  private long lastNanos;

  /** Waits until so many changes were asked for, and no more follow; the last one is the end. */
  private long awaitWrites(long wanted, Callable<String> said) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .conditionEvaluationListener(_ -> noteChange())
        .untilAsserted(
            () -> {
              assertThat(seen - start).as(said.call()).isGreaterThanOrEqualTo(wanted);
              assertThat(System.nanoTime() - lastNanos).isGreaterThan(2_000_000_000L);
            });
    return seen;
  }

  private long seen;

  private void noteChange() {
    try {
      var now = TableWrites.count();
      if (now != seen) {
        seen = now;
        lastNanos = System.nanoTime();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void inTurn(String what, String who, Callable<?> work) throws Exception {
    start = TableWrites.count();
    seen = start;
    lastNanos = 0;
    var begin = System.nanoTime();
    work.call();
    var end = lastNanos == 0 ? System.nanoTime() : lastNanos;
    System.out.println(new Row(what, who, TableWrites.count() - start, (end - begin) / 1e9));
  }
}
