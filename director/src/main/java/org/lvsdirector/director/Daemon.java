package org.lvsdirector.director;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ConfigFiles;
import org.lvsdirector.config.DirectorConf;
import org.lvsdirector.config.LvsCf;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Problem;
import org.lvsdirector.config.ProblemText;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.StatusReport;
import org.lvsdirector.engine.Engines;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.lvsd.Fitness;
import org.lvsdirector.lvsd.Lvsd;
import org.lvsdirector.nanny.Nannies;
import org.lvsdirector.pulse.Pulse;
import org.lvsdirector.pulse.PulseSettings;
import org.lvsdirector.pulse.Transition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running director: pulse, lvsd, the nannies and the engine, connected. The nannies tell lvsd
 * about health, lvsd tells pulse about fitness, pulse tells the engine when it may listen; a new
 * configuration goes to all three.
 */
final class Daemon implements AutoCloseable {
  private static final int RECONCILE_SECONDS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private final Path lvsCf;
  private final Engines.Opened opened;
  private final Lvsd lvsd;
  private final Pulse pulse;
  private final Nannies nannies;
  private final HeldAddresses addresses;
  private final ReentrantLock reloading = new ReentrantLock();
  private volatile Config config;
  private volatile String reloadProblem = "";
  private volatile @Nullable Transition claimed;
  private volatile boolean isClosing;

  /**
   * What a reload led to.
   *
   * @param isDone whether the file is in force now
   * @param text what to tell the operator
   */
  record Reloaded(boolean isDone, String text) {}

  private Daemon(DirectorConf conf, Config config, Pair.Node node, Engines.Opened opened) {
    this.config = config;
    this.opened = opened;
    lvsCf = conf.lvsCf();
    addresses = new HeldAddresses(opened.engine());
    lvsd = Lvsd.start(opened.engine(), this::tellFitness);
    pulse =
        Pulse.start(
            PulseSettings.of(node, config, conf.stateDir().resolve("term")),
            addresses,
            (transition, _) -> roleChanged(transition));
    nannies = Nannies.start(lvsd::health);
  }

  /** Starts a director with a configuration that was found good. */
  static Daemon start(DirectorConf conf, Config config, Pair.Node node, Engines.Opened opened) {
    var daemon = new Daemon(conf, config, node, opened);
    daemon.lvsd.config(config);
    daemon.nannies.watch(config.services());
    LOG.info(
        "director {} runs as {} with engine {}, {} services, lvs.cf {} digest {}",
        Version.text(),
        node,
        opened.engine().name(),
        config.services().size(),
        daemon.lvsCf,
        config.digest());
    return daemon;
  }

  /**
   * Runs an action should pulse end by itself, which only a defect can bring about. The addresses
   * are given up first: the partner takes over, and two must not hold them.
   */
  void onDeath(Runnable action) {
    var _ =
        pulse
            .ended()
            .thenRun(
                () -> {
                  if (!isClosing) {
                    LOG.error("pulse has ended by itself: giving the addresses up");
                    addresses.release();
                    action.run();
                  }
                });
  }

  /**
   * Reads lvs.cf again. A file with errors changes nothing. What a running director cannot change
   * (links, timers, port) waits for a restart, and the answer says so.
   */
  Reloaded reload() {
    reloading.lock();
    try {
      var read = ConfigFiles.lvsCf(lvsCf, HostNames.ofThisMachine());
      var fresh = read.config();
      if (fresh == null) {
        return refuse(read.problems());
      }
      return take(fresh, read);
    } finally {
      reloading.unlock();
    }
  }

  /** What forwards packets. */
  ForwardingEngine engine() {
    return opened.engine();
  }

  /** How it stands, for people and tools. */
  StatusReport status() {
    return new StatusSource(
            new StatusSource.Inputs(lvsCf, config, reloadProblem, claimed),
            opened,
            pulse.status(),
            lvsd.status(),
            nannies.watched())
        .report();
  }

  /**
   * Stops: hands over to a living partner first. The proxy engine's listeners end with the process,
   * so the addresses are given up in any case.
   */
  @Override
  public void close() {
    isClosing = true;
    LOG.info("stopping");
    pulse.stop(true).join();
    nannies.close();
    lvsd.close();
    opened.engine().close();
    LOG.info("stopped");
  }

  private void roleChanged(Transition transition) {
    if (transition.to() == Role.CLAIMING) {
      claimed = transition;
    }
    lvsd.role(transition.to());
  }

  private void tellFitness(Fitness fitness) {
    switch (fitness) {
      case Fitness.Fit _ -> pulse.fitness(true, "");
      case Fitness.NotFit(var reason) -> pulse.fitness(false, reason);
    }
  }

  private Reloaded refuse(List<Problem> problems) {
    var text = text(problems);
    reloadProblem = "%s: %s".formatted(lvsCf, ProblemReport.summary(problems));
    LOG.error("reload of {} refused, the running configuration stays:\n{}", lvsCf, text);
    return new Reloaded(false, text + "the running configuration stays\n");
  }

  private Reloaded take(Config fresh, LvsCf.Parsed read) {
    var needsRestart = !fresh.pair().equals(config.pair());
    config = fresh;
    reloadProblem = "";
    lvsd.config(fresh);
    nannies.watch(fresh.services());
    pulse.reconfigure(fresh.heldAddresses(), fresh.digest());
    var note =
        needsRestart
            ? "the pair's addresses, port or timers differ: they wait for a restart of this"
                + " director"
            : "";
    LOG.info("reloaded {} digest {} {}", lvsCf, fresh.digest(), note);
    awaitReconciliation();
    return new Reloaded(
        true,
        text(read.problems())
            + text(read.notes())
            + "reloaded %s, digest %s%n".formatted(lvsCf, fresh.digest())
            + (note.isEmpty() ? "" : "note: " + note + "\n")
            + unserved());
  }

  /** Services that the engine does not serve as the file wants, a line each. */
  private String unserved() {
    var text = new StringBuilder();
    for (var service : status().services()) {
      if (!service.problem().isEmpty()) {
        text.append(
            "warning: %s (%s): %s%n".formatted(service.name(), service.key(), service.problem()));
      }
    }
    return text.toString();
  }

  private void awaitReconciliation() {
    try {
      lvsd.reconciled().get(RECONCILE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | CancellationException | TimeoutException late) {
      LOG.warn("the engine has not yet taken {} over: {}", lvsCf, late.toString());
    }
  }

  private static String text(List<Problem> problems) {
    var text = new StringBuilder();
    for (var problem : problems) {
      text.append(ProblemText.render(problem, false)).append('\n');
    }
    return text.toString();
  }
}
