// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Role;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.config.lvscf.RunningConfig;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.ProblemText;
import org.lvsdirector.director.admin.DrillReport;
import org.lvsdirector.director.admin.StatusReport;
import org.lvsdirector.director.machine.HostNames;
import org.lvsdirector.director.machine.NameWatch;
import org.lvsdirector.director.machine.Patience;
import org.lvsdirector.director.machine.ProblemReport;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.director.machine.Version;
import org.lvsdirector.director.output.ProcessOutput;
import org.lvsdirector.engine.AddressBound;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.choice.Engines;
import org.lvsdirector.lvsd.Fitness;
import org.lvsdirector.lvsd.Lvsd;
import org.lvsdirector.nanny.Nannies;
import org.lvsdirector.pulse.Pulse;
import org.lvsdirector.pulse.failover.Notice;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.port.PulseSettings;
import org.lvsdirector.pulse.port.RoleListener;
import org.lvsdirector.pulse.seal.SealPolicy;
import org.lvsdirector.pulse.witness.WitnessClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running director: pulse, lvsd, the nannies and the engine, connected. The nannies tell lvsd
 * about health, lvsd tells pulse about fitness, pulse tells the engine when it may listen; a new
 * configuration goes to all three.
 */
public final class Daemon implements AutoCloseable {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
  private static final Duration LAST_COMMANDS = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private final DirectorConf conf;
  private final Path lvsCf;
  private final Engines.Opened opened;
  private final boolean isReleasing;
  private final Lvsd lvsd;
  private final Pulse pulse;
  private final @Nullable WitnessClient witness;
  private final CommandRunner runner = new CommandRunner(COMMAND_LIMIT);
  private final RoleCommands commands;
  private final RoleChanges roles = new RoleChanges();
  private final Orders orders;
  private final Drill drill;
  private final Nannies nannies;
  private final MachineAddresses addresses;
  private final @Nullable TableSync sync;
  private final CombinedFitness fitness;
  private final NameWatch nameWatch;
  private volatile HostNames names;
  private volatile InForce inForce;
  private final Reloads reloads = new Reloads(this::reloadNow);
  private volatile Config config;
  private volatile SealPolicy sealing;
  private volatile String reloadProblem = "";
  private volatile @Nullable Transition claimed;
  private volatile boolean isClosing;
  private volatile Supplier<DirectorConf.@Nullable Parsed> freshConf = () -> null;
  private volatile Consumer<Config> alsoTold = _ -> {};

  /**
   * What a reload led to.
   *
   * @param isDone whether the file is in force now
   * @param text what to tell the operator
   */
  public record Reloaded(boolean isDone, String text) {}

  /**
   * What this machine is and has.
   *
   * @param node which of the two directors
   * @param sealing how heartbeats are sealed
   * @param names with which lvs.cf was read
   * @param opened the engine
   * @param addresses what holds the virtual addresses
   * @param isKeeping whether a stop without a partner leaves the addresses, where the kernel goes
   *     on without this process
   */
  public record Machine(
      Pair.Node node,
      SealPolicy sealing,
      HostNames names,
      Engines.Opened opened,
      MachineAddresses addresses,
      boolean isKeeping) {
    boolean isReleasing() {
      return !isKeeping || opened.engine() instanceof AddressBound;
    }
  }

  private Daemon(DirectorConf conf, Config config, Machine machine) throws StartException {
    this.conf = conf;
    this.config = config;
    sealing = machine.sealing;
    names = machine.names;
    inForce = InForce.atStart(conf, config);
    opened = machine.opened;
    isReleasing = machine.isReleasing();
    lvsCf = conf.lvsCf();
    addresses = machine.addresses;
    lvsd = Lvsd.start(opened.engine(), conf.tableCheckInterval(), this::tellFitness);
    var settings = PulseSettings.of(machine.node, config, sealing, conf.stateDir().resolve("term"));
    witness = WitnessClient.of(settings);
    commands = new RoleCommands(machine.node, config, runner);
    commands.started();
    var around = addresses.around(MachinePorts.of(config, witness));
    sync = TableSync.open(conf, config, settings, opened.engine());
    var outside = sync == null ? around : sync.around(around);
    pulse = Pulse.start(settings, addresses.all(), new Listener(), outside);
    fitness = new CombinedFitness(pulse::fitness);
    fitness.services(unserved(config));
    addresses.tell(fitness::devices, pulse::partnerAnnounced);
    if (sync != null) {
      sync.tell(pulse);
    }
    orders = new Orders(pulse, roles);
    drill = new Drill(pulse, orders);
    nannies = Nannies.start(this::healthChanged);
    nameWatch = new NameWatch(() -> names, this::isInForce, this::reloadSoon).start();
  }

  /** Starts a director with a configuration that was found good. */
  public static Daemon start(DirectorConf conf, Config config, Machine machine)
      throws StartException {
    var daemon = new Daemon(conf, config, machine);
    daemon.lvsd.config(config);
    daemon.nannies.watch(config.services());
    machine.names.keep();
    LOG.info(
        "director {} runs as {} with engine {}, {} services, lvs.cf {} digest {}",
        Version.text(),
        machine.node,
        machine.opened.engine().name(),
        config.services().size(),
        daemon.lvsCf,
        config.digest());
    return daemon;
  }

  /**
   * Runs an action should pulse or a thread of the engine end by itself, which only a defect can
   * bring about. The addresses are given up first: the partner takes over, and two must not hold
   * them.
   */
  public void onDeath(Runnable action) {
    var _ = pulse.ended().thenRun(() -> died("pulse", action));
    if (opened.engine() instanceof AddressBound bound) {
      bound.onDeath(() -> died("a thread of the engine", action));
    }
  }

  private void died(String part, Runnable action) {
    if (!isClosing) {
      LOG.error("{} has ended by itself: giving the addresses up", part);
      addresses.releaseAtLast();
      action.run();
    }
  }

  /**
   * What else a reload concerns.
   *
   * @param settings reads director.conf again
   * @param others is told what of lvs.cf is in force then
   */
  public void onReload(Supplier<DirectorConf.@Nullable Parsed> settings, Consumer<Config> others) {
    freshConf = settings;
    alsoTold = others;
  }

  /**
   * Orders lvs.cf to be read again; completes with what came of it. A file with errors changes
   * nothing. What a running director cannot change ({@link InForce}) waits for a restart; each
   * answer names it, and the status. Orders that wait are carried out as one. Any thread; does not
   * block.
   */
  public CompletableFuture<Reloaded> reload() {
    return reloads.order();
  }

  private void reloadSoon() {
    var _ = reloads.order();
  }

  private Reloaded reloadNow() {
    try {
      var reading = new LvsCfReader(lvsCf).read(names);
      var read = reading.parsed();
      var fresh = read.config();
      if (fresh == null) {
        return refuse(read.problems());
      }
      var unserved = unserved(fresh);
      if (!unserved.isEmpty()) {
        return refuse(unserved);
      }
      rekey();
      names = reading.names();
      reading.names().keep();
      return take(fresh, read);
    } catch (StartException wrongKeys) {
      reloadProblem = String.valueOf(wrongKeys.getMessage());
      LOG.error("reload refused, the running configuration stays: {}", reloadProblem);
      return new Reloaded(false, reloadProblem + "\nthe running configuration stays\n");
    }
  }

  private boolean isInForce(NameResolver knownNames) {
    var read = new LvsCfReader(lvsCf).parsed(knownNames).config();
    return read != null && RunningConfig.after(config, read).digest().equals(config.digest());
  }

  /** What forwards packets. */
  ForwardingEngine engine() {
    return opened.engine();
  }

  /** What operators can order. */
  Orders orders() {
    return orders;
  }

  /** Completes when the heartbeat loop has come round to it. */
  public CompletableFuture<Void> comeRound() {
    return pulse.comeRound();
  }

  /** How it stands, in a line. */
  public String line() {
    var seen = pulse.status();
    var fitness = seen.isFit() ? "" : ", not fit: " + seen.unfitReason();
    return "%s, term %d, engine %s%s"
        .formatted(seen.role(), seen.term(), opened.engine().name(), fitness);
  }

  /** A planned failover on trial; blocks until it has ended. */
  DrillReport drill(boolean isReturning) {
    return drill.carryOut(Prober.targets(config), isReturning);
  }

  /** Reads the key file again: so keys are replaced without a restart. */
  private void rekey() throws StartException {
    var keys = sealing.keys();
    if (keys == null) {
      return;
    }
    var fresh = HeartbeatKeys.read(conf, config.pair());
    var freshKeys = fresh.keys();
    if (freshKeys != null && !freshKeys.equals(keys)) {
      sealing = fresh;
      pulse.rekey(freshKeys);
      addresses.rekey(freshKeys);
      if (witness != null) {
        witness.rekey(freshKeys);
      }
      if (sync != null) {
        sync.rekey(freshKeys);
      }
      LOG.info("heartbeats are sealed by {} of {}", freshKeys.keys().getFirst(), freshKeys.keys());
    }
  }

  /** How it stands, for people and tools. */
  StatusReport status() {
    return source().report();
  }

  private StatusSource source() {
    return new StatusSource(
        new StatusSource.Inputs(lvsCf, config, sealing, reloadProblem, inForce.waiting(), claimed),
        opened,
        pulse.status(),
        lvsd.status(),
        nannies.watched(),
        addresses.status(),
        sync == null ? null : sync.status(),
        ProcessOutput.status());
  }

  /**
   * Stops: hands over to a living partner first. The proxy engine's listeners end with the process,
   * so with it the addresses are given up in any case; else as {@link Machine} says.
   */
  @Override
  public void close() {
    isClosing = true;
    LOG.info("stopping");
    reloads.close();
    var isReleased = pulse.stop(isReleasing).join();
    if (!isReleased && isReleasing) {
      addresses.releaseAtLast();
    }
    if (sync != null) {
      sync.end(!isReleased && !isReleasing);
    }
    runner.finish(LAST_COMMANDS);
    nameWatch.close();
    nannies.close();
    lvsd.close();
    opened.engine().close();
    addresses.close();
    LOG.info("stopped");
  }

  /** Hears of pulse's changes. */
  private final class Listener implements RoleListener {
    @Override
    public void roleChanged(Transition transition, Instant at) {
      if (transition.to() == Role.CLAIMING) {
        claimed = transition;
      }
      roles.changed();
      commands.changed(transition);
    }

    @Override
    public void noticed(Notice notice) {
      commands.noticed(notice);
    }
  }

  private void healthChanged(Health health) {
    lvsd.health(health);
    commands.health(health);
  }

  private void tellFitness(Fitness reported) {
    fitness.engine(reported);
  }

  /** What of a file the engine cannot serve on any machine; empty when it can serve all. */
  private String unserved(Config wanted) {
    var unserved = opened.kind().unserved(wanted);
    return unserved.isEmpty()
        ? ""
        : "the %s engine %s".formatted(opened.kind().word(), Engines.cannotServe(unserved));
  }

  private Reloaded refuse(String unserved) {
    reloadProblem = lvsCf + ": " + unserved;
    LOG.error("reload refused, the running configuration stays: {}", reloadProblem);
    return new Reloaded(
        false,
        reloadProblem
            + "\nchange that in the file, or set another engine in director.conf and restart"
            + "\nthe running configuration stays\n");
  }

  private Reloaded refuse(List<Problem> problems) {
    var text = text(problems);
    reloadProblem = "%s: %s".formatted(lvsCf, ProblemReport.summary(problems));
    LOG.error("reload of {} refused, the running configuration stays:\n{}", lvsCf, text);
    return new Reloaded(false, text + "the running configuration stays\n");
  }

  private Reloaded take(Config file, LvsCf.Parsed read) {
    var parsed = freshConf.get();
    inForce =
        inForce
            .after(file, parsed == null ? conf : parsed.conf())
            .waitingFor(addresses.waiting(file));
    LogLevels.apply(inForce.conf().logLevel());
    var fresh = inForce.config();
    config = fresh;
    reloadProblem = "";
    fitness.services("");
    alsoTold.accept(fresh);
    opened.engine().timeouts(fresh.global());
    lvsd.config(fresh);
    nannies.watch(fresh.services());
    commands.reconfigure(fresh, pulse.status().role() == Role.ACTIVE);
    addresses.reconfigure(fresh);
    pulse.reconfigure(fresh.heldAddresses(), fresh.digest());
    LOG.info("reloaded {} digest {} waiting {}", lvsCf, fresh.digest(), inForce.waiting());
    awaitReconciliation();
    return new Reloaded(
        true,
        text(read.problems())
            + text(read.notes())
            + "reloaded %s, digest %s%n".formatted(lvsCf, fresh.digest())
            + inForce.waiting().stream()
                .map("note: waits for a restart of this director: %s%n"::formatted)
                .collect(Collectors.joining())
            + unserved());
  }

  /** Services that the engine does not serve as the file wants, a line each. */
  private String unserved() {
    var text = new StringBuilder();
    var source = source();
    for (var service : config.services()) {
      var problem = source.problem(service.key());
      if (!problem.isEmpty()) {
        text.append("warning: %s (%s): %s%n".formatted(service.name(), service.key(), problem));
      }
    }
    return text.toString();
  }

  private void awaitReconciliation() {
    try {
      lvsd.reconciled().get(Patience.RECONCILIATION.toMillis(), TimeUnit.MILLISECONDS);
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
