// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.director.admin.AdminServer;
import org.lvsdirector.director.daemon.Daemon;
import org.lvsdirector.director.daemon.DeadThreads;
import org.lvsdirector.director.daemon.EndpointCatalogue;
import org.lvsdirector.director.daemon.HeartbeatKeys;
import org.lvsdirector.director.daemon.KernelSettings;
import org.lvsdirector.director.daemon.LogLevels;
import org.lvsdirector.director.daemon.MachineAddresses;
import org.lvsdirector.director.daemon.Signals;
import org.lvsdirector.director.daemon.StartFile;
import org.lvsdirector.director.daemon.StartWait;
import org.lvsdirector.director.daemon.SystemdNotify;
import org.lvsdirector.director.daemon.SystemdWatchdog;
import org.lvsdirector.director.machine.InputEnd;
import org.lvsdirector.director.machine.LocalNode;
import org.lvsdirector.director.machine.ProblemReport;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.engine.EngineUnavailableException;
import org.lvsdirector.engine.choice.Engines;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.RealTime;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code director run}: the daemon. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs this director until SIGTERM. SIGHUP reads lvs.cf again; a file with errors changes"
          + " nothing. Tells systemd when it is ready, and feeds its watchdog from the heartbeat"
          + " loop.",
      "What may come by itself, such as this machine's own address, an engine's kernel module or a"
          + " name server, is waited for: `director status` and systemd say what for.",
      "Exit status: 0 stopped, 1 a configuration has errors or the daemon could not start."
    })
public final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private ConfOptions conf = new ConfOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a setting of director.conf; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--keep-addresses",
      description =
          "When this director stops while it is active and no partner can take over, leave"
              + " addresses and table in the kernel for the next daemon, as an upgrade wants it."
              + " Whoever stops it for good runs release-addresses afterwards.")
  private boolean isKeeping;

  @Option(names = "--until-input-ends", hidden = true)
  private boolean isTied;

  private static final long BETWEEN_TRIES_MILLIS = 1_000;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private enum Event {
    RELOAD,
    RELOADED,
    STOP,
    DIED
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    openEveryJar();
    listenToSignals();
    DeadThreads.watch(() -> events.add(Event.DIED));
    var parsed = conf.read(overrides);
    print(parsed.problems());
    var settings = parsed.conf();
    if (settings == null) {
      return ExitStatus.REFUSED;
    }
    LogLevels.apply(settings.logLevel());
    askForRealTime(settings.realTimePriority());
    var file = new StartFile(settings, this::print);
    try {
      file.read();
      return file.isRefused() ? ExitStatus.REFUSED : run(settings, file);
    } catch (IOException | StartException cannotStart) {
      spec.commandLine()
          .getErr()
          .println("director: " + PrintableText.lines(String.valueOf(cannotStart.getMessage())));
      return ExitStatus.REFUSED;
    }
  }

  private static void askForRealTime(int priority) {
    var given = RealTime.ask(Libc.system(), priority);
    if (!given.problem().isEmpty()) {
      LOG.warn(
          "heartbeats are not sent in real time, and may be late while others are busy: {};"
              + " director doctor says how to mend it",
          given.problem());
    }
  }

  private void print(List<Problem> problems) {
    ProblemReport.print(problems, Ansi.AUTO.enabled(), spec.commandLine().getErr());
  }

  private int run(DirectorConf settings, StartFile file)
      throws IOException, StartException, InterruptedException {
    var endpoints = new EndpointCatalogue();
    try (var manager = SystemdNotify.ofThisProcess();
        var _ = AdminServer.open(settings.adminSocket(), endpoints.endpoints())) {
      var machine = await(settings, file, new StartWait(settings, manager, endpoints));
      if (machine == null) {
        return file.isRefused() ? ExitStatus.REFUSED : ExitStatus.DONE;
      }
      var kind = machine.opened().kind();
      try (var kernel = KernelSettings.set(settings, file.config(), kind, isKeeping);
          var daemon = Daemon.start(settings, file.config(), machine)) {
        daemon.onReload(
            () -> conf.read(overrides), fresh -> kernel.reconfigure(settings, fresh, kind));
        endpoints.serve(daemon);
        daemon.onDeath(() -> events.add(Event.DIED));
        return serve(daemon, manager);
      }
    }
  }

  /** Tries until this machine has what a director needs; null when told to stop before. */
  private Daemon.@Nullable Machine await(DirectorConf settings, StartFile file, StartWait wait)
      throws StartException, InterruptedException {
    try (wait) {
      while (!file.isRefused()) {
        try {
          var machine = machine(settings, file);
          wait.tellEnd();
          return machine;
        } catch (StartException reason) {
          if (!reason.isPassing()) {
            throw reason;
          }
          wait.tell(String.valueOf(reason.getMessage()));
        }
        var event = events.poll(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS);
        if (event == Event.STOP || event == Event.DIED) {
          return null;
        }
        file.read();
      }
      return null;
    }
  }

  private Daemon.Machine machine(DirectorConf settings, StartFile file) throws StartException {
    var config = file.config();
    var node = LocalNode.of(settings.node(), config.pair());
    var sealing = HeartbeatKeys.read(settings, config.pair());
    var opened = open(settings, config);
    var tags = new AnnouncementTag(sealing, node.name(), node.partner().name());
    var addresses =
        MachineAddresses.open(
            new MachineAddresses.Opening(settings, config, opened.engine(), tags));
    return new Daemon.Machine(node, sealing, file.names(), opened, addresses, isKeeping);
  }

  /**
   * Asks for what is in no jar, so that all are open: an upgrade puts others in their place while
   * this daemon still runs.
   */
  private static void openEveryJar() {
    var _ = RunCommand.class.getClassLoader().getResource("in/no/jar");
  }

  private void listenToSignals() {
    Signals.on("HUP", () -> events.add(Event.RELOAD));
    Signals.on("TERM", () -> events.add(Event.STOP));
    Signals.on("INT", () -> events.add(Event.STOP));
    if (isTied) {
      Thread.ofPlatform().daemon().name("input").start(this::stopAtEndOfInput);
    }
  }

  private void stopAtEndOfInput() {
    InputEnd.await();
    events.add(Event.STOP);
  }

  /**
   * Serves until the end and returns the exit status. What an event asks for is only begun here, so
   * that a stop never waits for what came before it.
   */
  private int serve(Daemon daemon, SystemdNotify manager) throws InterruptedException {
    try (var _ = SystemdWatchdog.start(manager, daemon::comeRound, daemon::line)) {
      daemon.comeRound().join();
      manager.ready();
      var reloads = 0;
      while (true) {
        switch (events.take()) {
          case RELOAD -> {
            reloads++;
            manager.reloading();
            var _ = daemon.reload().whenComplete((_, _) -> events.add(Event.RELOADED));
          }
          case RELOADED -> {
            reloads--;
            if (reloads == 0) {
              manager.ready();
            }
          }
          case STOP -> {
            manager.stopping();
            return ExitStatus.DONE;
          }
          case DIED -> {
            return ExitStatus.REFUSED;
          }
        }
      }
    }
  }

  private static Engines.Opened open(DirectorConf settings, Config config) throws StartException {
    try {
      return Engines.open(settings, config);
    } catch (EngineUnavailableException unusable) {
      throw StartException.passing(String.valueOf(unusable.getMessage()));
    }
  }
}
