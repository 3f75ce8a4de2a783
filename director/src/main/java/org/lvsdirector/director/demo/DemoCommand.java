// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.lvscf.LvsCf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code director demo}: shows on loopback, without root, what a director pair is for. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows on loopback, without root, what a director pair is for: two directors, three web"
          + " servers and a client; a server dies and returns, the active director is killed and"
          + " returns. Ends by itself within a minute.",
      "Exit status: 0 when every step held, 1 when not."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      description = "Leave everything running at the end, until Ctrl-C, and print what to try.")
  private boolean isKeeping;

  @Option(
      names = "--rate",
      defaultValue = "200",
      paramLabel = "REQUESTS",
      description = "Requests of the client per second (default: ${DEFAULT-VALUE}).")
  private int requestsPerSecond;

  @Option(
      names = "--lvs-cf",
      paramLabel = "FILE",
      description = "Another lvs.cf, all on loopback (default: etc/demo/lvs.cf of this release).")
  private Path lvsCf = home().resolve("etc/demo/lvs.cf");

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out = System.out;
    var parsed = LvsCf.parse(lvsCf.toString(), Files.readString(lvsCf));
    var config = parsed.config();
    if (config == null || config.services().isEmpty()) {
      System.err.println("demo: " + lvsCf + " cannot be used; see: director check " + lvsCf);
      return 1;
    }
    var busy = busyEndpoints(config);
    if (!busy.isEmpty()) {
      System.err.println("demo: already in use on this machine: " + String.join(", ", busy));
      return 1;
    }
    if (requestsPerSecond < 1 || requestsPerSecond > 2_000) {
      System.err.println("demo: --rate must be between 1 and 2000");
      return 2;
    }
    return show(config, out);
  }

  private int show(Config config, PrintStream out) throws IOException, InterruptedException {
    var processes = new Processes(home().resolve("bin/director"));
    var cleaner = new Thread(processes::close, "demo-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    var report = new DemoReport(out);
    var pair = new DemoPair(processes, lvsCf.toAbsolutePath(), config);
    try (processes;
        var client = new DemoClient(virtualAddress(config), requestsPerSecond)) {
      var scenario = new DemoScenario(pair, processes, client, report);
      scenario.play();
      report.summary();
      if (!report.hasHeld()) {
        scenario.showLogs(out);
      } else if (isKeeping) {
        keep(pair, config, out);
      }
    }
    return report.hasHeld() ? 0 : 1;
  }

  private static void keep(DemoPair pair, Config config, PrintStream out)
      throws IOException, InterruptedException {
    var director = home().resolve("bin/director");
    var target = virtualAddress(config);
    out.println();
    out.println("still running; try:");
    out.printf("  curl http://%s:%d/%n", target.getAddress().getHostAddress(), target.getPort());
    for (var node : List.of(DemoPair.PRIMARY, DemoPair.BACKUP)) {
      out.printf("  %s status --socket %s%n", director, pair.socket(node));
    }
    out.printf("  kill -9 PID    # the active director's PID is in its status%n");
    out.println("Ctrl-C ends it.");
    Thread.sleep(Long.MAX_VALUE);
  }

  private static Path home() {
    return Path.of(System.getProperty("lvs-director.home", ".")).toAbsolutePath();
  }

  private static InetSocketAddress virtualAddress(Config config) throws IOException {
    return switch (config.services().getFirst().key()) {
      case ServiceKey.ByAddress key -> socketAddress(key.virtual());
      case ServiceKey.ByMark _ -> throw new IOException("the demo needs a service by address");
    };
  }

  private static InetSocketAddress socketAddress(Endpoint endpoint) throws IOException {
    return new InetSocketAddress(
        InetAddress.getByAddress(endpoint.address().bytes()), endpoint.port());
  }

  /** Sockets that the demo needs and somebody else has. */
  private static List<String> busyEndpoints(Config config) throws IOException {
    var wanted = new ArrayList<InetSocketAddress>();
    wanted.add(virtualAddress(config));
    for (var server : config.services().getFirst().servers()) {
      wanted.add(socketAddress(server.endpoint()));
    }
    var busy = new ArrayList<String>();
    for (var address : wanted) {
      try (var probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(address);
      } catch (IOException taken) {
        busy.add(address.getAddress().getHostAddress() + ":" + address.getPort());
      }
    }
    return busy;
  }
}
