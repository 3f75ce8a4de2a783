// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Health;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the engine's table as configuration, health and the operator want it: the loop that alone
 * writes the table. After every input it changes what must change; once in an interval it checks
 * the whole table, in parts between which changes go first. The whole table is lvsd's: what
 * somebody else adds, changes or deletes is drift, logged and undone. Until the first configuration
 * the engine is left alone.
 */
public final class Lvsd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lvsd.class);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);

  private final BlockingQueue<Input> queue = new LinkedBlockingQueue<>();
  private final ForwardingEngine engine;
  private final Consumer<Fitness> onFitness;
  private final long checkIntervalNanos;
  private final Thread loop;

  /** Owned by the loop, as are the fields up to the snapshot. */
  private final Reconciler reconciler;

  private final List<CompletableFuture<LvsdStatus>> waiting = new ArrayList<>();
  private Inputs inputs = Inputs.NONE;
  private FitnessGate.State gate = FitnessGate.State.INITIAL;
  private @Nullable Fitness told;
  private int unsettled;
  private boolean isClosing;

  /** When the whole table is checked again, and when a part of it was checked last. */
  private long checkNanos = System.nanoTime();

  private long partNanos = checkNanos;

  /** Set before the queue is emptied for the last time. */
  private volatile boolean isEnded;

  private volatile Snapshot snapshot =
      new Snapshot(
          new LvsdStatus(
              Table.EMPTY,
              Table.EMPTY,
              0,
              LvsdStatus.Counters.NONE,
              FitnessGate.State.INITIAL.fitness(),
              List.of(),
              false),
          System.nanoTime());

  private record Snapshot(LvsdStatus status, long atNanos) {}

  private sealed interface Input {
    record NewConfig(Config config) implements Input {}

    record NewHealth(Health health) implements Input {}

    record NewOverrides(Overrides overrides) implements Input {}

    record Await(CompletableFuture<LvsdStatus> reconciled) implements Input {}

    record Close() implements Input {}
  }

  private Lvsd(ForwardingEngine engine, Duration checkInterval, Consumer<Fitness> onFitness) {
    this.engine = engine;
    this.checkIntervalNanos = checkInterval.toNanos();
    this.onFitness = onFitness;
    this.reconciler = new Reconciler(engine);
    this.loop = Thread.ofPlatform().daemon().name("lvsd").unstarted(this::run);
  }

  /**
   * Starts the loop.
   *
   * @param engine stays open when lvsd is closed
   * @param checkInterval how often the engine's whole table is checked
   * @param onFitness is told whether this director can forward, after the first reconciliation and
   *     then at each change, by the loop's thread; it must not block
   */
  public static Lvsd start(
      ForwardingEngine engine, Duration checkInterval, Consumer<Fitness> onFitness) {
    var lvsd = new Lvsd(engine, checkInterval, onFitness);
    lvsd.loop.start();
    return lvsd;
  }

  /** From now on this configuration holds. */
  public void config(Config config) {
    queue.add(new Input.NewConfig(config));
  }

  /** From now on these verdicts hold. */
  public void health(Health health) {
    queue.add(new Input.NewHealth(health));
  }

  /** From now on these wishes hold, and no earlier ones. */
  public void overrides(Overrides overrides) {
    queue.add(new Input.NewOverrides(overrides));
  }

  /** How it stands. */
  public LvsdStatus status() {
    var present = snapshot;
    var status = present.status();
    return new LvsdStatus(
        status.desired(),
        status.held(),
        System.nanoTime() - present.atNanos(),
        status.counters(),
        status.fitness(),
        status.refusals(),
        status.isSettled());
  }

  /**
   * Reconciles now, and tells how it stands after everything that was said before this call was
   * taken into account. Cancelled when lvsd closes before.
   */
  public CompletableFuture<LvsdStatus> reconciled() {
    var future = new CompletableFuture<LvsdStatus>();
    queue.add(new Input.Await(future));
    if (isEnded) {
      future.cancel(false);
    }
    return future;
  }

  /** Ends the loop. The engine's table stays as it is. */
  @Override
  public void close() {
    queue.add(new Input.Close());
    if (loop.equals(Thread.currentThread())) {
      return;
    }
    try {
      if (!loop.join(PATIENCE_AT_CLOSE)) {
        LOG.warn("the engine does not answer; lvsd ends without it");
        loop.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var lastNanos = System.nanoTime() - ReconcileSchedule.GAP_NANOS;
    var hasInput = false;
    while (!isClosing) {
      var dueNanos = ReconcileSchedule.dueNanos(lastNanos, hasInput, unsettled, checkNanos);
      hasInput |= take(wakeNanos(dueNanos) - System.nanoTime());
      var nowNanos = System.nanoTime();
      if (isClosing) {
        break;
      }
      if (dueNanos - nowNanos <= 0) {
        lastNanos = nowNanos;
        hasInput = false;
        var isCheckDue = checkNanos - nowNanos <= 0;
        checkNanos = isCheckDue ? nowNanos + checkIntervalNanos : checkNanos;
        turn(isCheckDue);
      }
      if (reconciler.isChecking() && partNanos + ReconcileSchedule.GAP_NANOS - nowNanos <= 0) {
        checkSome();
      }
    }
    isEnded = true;
    drain();
    waiting.forEach(future -> future.cancel(false));
  }

  /** While the table is being checked the next part is due after a gap. */
  private long wakeNanos(long dueNanos) {
    return reconciler.isChecking()
        ? ReconcileSchedule.earlier(dueNanos, partNanos + ReconcileSchedule.GAP_NANOS)
        : dueNanos;
  }

  /** Waits for input at most so long, and takes all that is there; says whether there was any. */
  private boolean take(long waitNanos) {
    try {
      var first = queue.poll(Math.max(0, waitNanos), TimeUnit.NANOSECONDS);
      if (first == null) {
        return false;
      }
      take(first);
      drain();
      return true;
    } catch (InterruptedException _) {
      LOG.debug("interrupted");
      return false;
    }
  }

  private void drain() {
    var rest = new ArrayList<Input>();
    queue.drainTo(rest);
    rest.forEach(this::take);
  }

  private void take(Input input) {
    switch (input) {
      case Input.NewConfig(var config) -> inputs = inputs.with(config);
      case Input.NewHealth(var health) -> inputs = inputs.with(health);
      case Input.NewOverrides(var overrides) -> inputs = inputs.with(overrides);
      case Input.Await(var future) -> waiting.add(future);
      case Input.Close() -> isClosing = true;
    }
  }

  private void turn(boolean isCheckDue) {
    var config = inputs.config();
    if (config != null) {
      try {
        reconcile(config, isCheckDue);
      } catch (Throwable e) {
        failed(e);
      }
      tellFitness();
    }
    var status = status();
    waiting.forEach(future -> future.complete(status));
    waiting.clear();
  }

  private void checkSome() {
    try {
      if (reconciler.checkSome()) {
        turn(false);
      }
    } catch (Throwable e) {
      failed(e);
      tellFitness();
    }
    partNanos = System.nanoTime();
  }

  private void reconcile(Config config, boolean isCheckDue) {
    if (engine.availability() instanceof Availability.Unusable(var reason)) {
      unsettled++;
      reconciler.forget();
      gate = FitnessGate.step(gate, new FitnessGate.Outcome.Unusable(reason));
      publishFailure();
      return;
    }
    if (isCheckDue) {
      reconciler.beginCheck();
    }
    var report = reconciler.reconcile(config, inputs);
    if (report.drifted() > 0) {
      LOG.warn("drift: somebody else made {} changes in the table", report.drifted());
    }
    unsettled = report.isSettled() ? 0 : unsettled + 1;
    if (unsettled == 1 && report.refusals().isEmpty()) {
      LOG.warn("the engine took all changes, but holds {}", report.held());
    }
    gate =
        FitnessGate.step(
            gate, FitnessGate.outcome(report.refusals(), report.desired(), report.held()));
    publish(report);
  }

  private void failed(Throwable e) {
    if (unsettled == 0) {
      LOG.error("the engine could not be reconciled; lvsd tries again", e);
    } else {
      LOG.debug("the engine could still not be reconciled", e);
    }
    unsettled++;
    gate = FitnessGate.step(gate, new FitnessGate.Outcome.Trouble("the engine fails: " + e));
    publishFailure();
  }

  private void publish(Reconciler.Report report) {
    var counters = snapshot.status().counters();
    var refusals = report.refusals();
    publish(
        new LvsdStatus(
            report.desired(),
            report.held(),
            0,
            counters.plus(report.applied(), refusals.size(), report.drifted()),
            gate.fitness(),
            refusals,
            report.isSettled()));
  }

  /** The tables stay as they were last known. */
  private void publishFailure() {
    var last = snapshot.status();
    publish(
        new LvsdStatus(
            last.desired(),
            last.held(),
            0,
            last.counters().plusFailure(),
            gate.fitness(),
            last.refusals(),
            false));
  }

  private void publish(LvsdStatus status) {
    snapshot = new Snapshot(status, System.nanoTime());
  }

  private void tellFitness() {
    var fitness = gate.fitness();
    if (fitness.equals(told)) {
      return;
    }
    LOG.info("fitness {}->{}", told == null ? "unknown" : told, fitness);
    told = fitness;
    try {
      onFitness.accept(fitness);
    } catch (Throwable e) {
      LOG.error("telling about the fitness failed", e);
    }
  }
}
