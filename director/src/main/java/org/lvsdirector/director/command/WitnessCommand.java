// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.director.daemon.DeadThreads;
import org.lvsdirector.director.daemon.Signals;
import org.lvsdirector.director.daemon.SystemdNotify;
import org.lvsdirector.director.machine.InputEnd;
import org.lvsdirector.pulse.seal.KeyFile;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.witness.WitnessServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code director witness}: the third process, which keeps two directors from being active. */
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a witness until SIGTERM, on a third machine that both directors reach: `witness ="
          + " ADDRESS` in their lvs.cf. Of two directors that cannot hear each other it lets one be"
          + " active. It serves any number of pairs and needs no state: a new one waits for the"
          + " time of a lease (deadtime, 300 ms at least) before it lets anybody take over.",
      "SIGHUP reads the key file again.",
      "Exit status: 0 stopped, 1 it could not start."
    })
public final class WitnessCommand implements Callable<Integer> {
  private static final String NO_KEY = "none";

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description = "Where directors ask, UDP (default: 0.0.0.0:539; IPv6 as [::]:539).")
  private String listen = "0.0.0.0:539";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The keys of the pairs, one below the other; see `director keygen --help`. `none`: what"
              + " directors ask is not sealed, and whoever can send packets here can take any"
              + " lease. Without this option only on a loopback address.")
  private @Nullable Path keyFile;

  @Option(names = "--until-input-ends", hidden = true)
  private boolean isTied;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private enum Event {
    REKEY,
    STOP,
    DIED
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Signals.on("HUP", () -> events.add(Event.REKEY));
    Signals.on("TERM", () -> events.add(Event.STOP));
    Signals.on("INT", () -> events.add(Event.STOP));
    DeadThreads.watch(() -> events.add(Event.DIED));
    if (isTied) {
      Thread.ofPlatform().daemon().name("input").start(this::stopAtEndOfInput);
    }
    try (var manager = SystemdNotify.ofThisProcess();
        var server = WitnessServer.start(endpoint(), sealing())) {
      return serve(server, manager);
    } catch (IOException cannotStart) {
      spec.commandLine()
          .getErr()
          .println("director: " + PrintableText.lines(String.valueOf(cannotStart.getMessage())));
      return ExitStatus.REFUSED;
    }
  }

  private void stopAtEndOfInput() {
    InputEnd.await();
    events.add(Event.STOP);
  }

  /** Serves until the end and returns the exit status. */
  private int serve(WitnessServer server, SystemdNotify manager) throws InterruptedException {
    manager.ready();
    while (true) {
      var asked = nextEvents();
      if (asked.contains(Event.DIED)) {
        return ExitStatus.REFUSED;
      }
      if (asked.contains(Event.STOP)) {
        manager.stopping();
        return ExitStatus.DONE;
      }
      rekey(server, manager);
    }
  }

  /** All that is asked for now: orders to read the keys are one, and a stop goes before them. */
  private Set<Event> nextEvents() throws InterruptedException {
    var asked = EnumSet.of(events.take());
    events.drainTo(asked);
    return asked;
  }

  private void rekey(WitnessServer server, SystemdNotify manager) {
    manager.reloading();
    try {
      server.reseal(sealing());
    } catch (IOException unusable) {
      log().error("the keys stay as they were: {}", unusable.getMessage());
    }
    manager.ready();
  }

  /** Not a constant: it would start the logging for every other command, which takes longer. */
  private static Logger log() {
    return LoggerFactory.getLogger(WitnessCommand.class);
  }

  private SealPolicy sealing() throws IOException {
    if (keyFile == null && !endpoint().address().isLoopback()) {
      throw new IOException(
          "a witness needs the keys of its pairs: --key-file "
              + DirectorConf.USUAL_KEY_FILE
              + ", which `director keygen` makes and both directors of a pair have"
              + " (`--key-file none` does without, and then whoever can send packets here can take"
              + " any lease)");
    }
    if (keyFile != null && !keyFile.toString().equals(NO_KEY)) {
      return new SealPolicy(KeyFile.read(keyFile), false);
    }
    log()
        .warn(
            "ANSWERS ARE NOT SEALED: whoever can send packets here can take the lease of any pair");
    return SealPolicy.NONE;
  }

  private Endpoint endpoint() {
    var colon = listen.lastIndexOf(':');
    try {
      var address = listen.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
      return new Endpoint(IpAddress.of(address), Integer.parseInt(listen.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      throw new ParameterException(spec.commandLine(), "--listen is not ADDRESS:PORT: " + listen);
    }
  }
}
