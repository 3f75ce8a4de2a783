// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.VirtualService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches every real server of every service: one nanny (a virtual thread) each, and one loop
 * thread that turns their results into verdicts and tells about them.
 *
 * <p>Every check in flight holds one descriptor; the process needs as many to spare as there are
 * servers to check.
 */
public final class Nannies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Nannies.class);

  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private final Checker checker;
  private final Consumer<Health> onHealth;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("nanny-", 0).factory());
  private final Thread loop;

  /** Written by the loop alone, read by everybody. */
  private final Map<ServerKey, Charge> charges = new ConcurrentHashMap<>();

  /** Owned by the loop, as is the next. */
  private final Map<ServerKey, Health.State> verdicts = new HashMap<>();

  private final Set<ServerKey> untold = new HashSet<>();

  private volatile Health health = Health.UNKNOWN;

  /** A server that is watched: who checks it, and what is known of it. */
  private record Charge(Nanny nanny, HealthGate.State state) {}

  private sealed interface Input {
    record Watch(List<VirtualService> services) implements Input {}

    record Result(Nanny.Checked checked) implements Input {}

    record Close() implements Input {}
  }

  private Nannies(Checker checker, Consumer<Health> onHealth) {
    this.checker = checker;
    this.onHealth = onHealth;
    this.loop = Thread.ofPlatform().daemon().name("nannies").unstarted(this::run);
  }

  /**
   * Starts, watching nobody yet.
   *
   * @param onHealth is told the whole health after each change, from one thread, in order. Changes
   *     that come while it works may arrive as one value, but never two changes of one server. It
   *     should not block: verdicts wait for it, checks do not.
   */
  public static Nannies start(Consumer<Health> onHealth) {
    return start(new SocketChecker(), onHealth);
  }

  static Nannies start(Checker checker, Consumer<Health> onHealth) {
    var nannies = new Nannies(checker, onHealth);
    nannies.loop.start();
    return nannies;
  }

  /**
   * From now on the servers of these services are watched, and no other. Returns at once. A server
   * that was watched before keeps its verdict and its schedule, also when its settings changed:
   * they hold from its next check on.
   */
  public void watch(List<VirtualService> services) {
    inputs.add(new Input.Watch(List.copyOf(services)));
  }

  /** The present verdicts. */
  public Health health() {
    return health;
  }

  /** Every watched server at this moment. */
  public Map<ServerKey, Watched> watched() {
    var nowNanos = System.nanoTime();
    var snapshot = new HashMap<ServerKey, Watched>();
    charges.forEach((key, charge) -> snapshot.put(key, Watched.of(charge.state(), nowNanos)));
    return Map.copyOf(snapshot);
  }

  /**
   * Stops every nanny, checks in flight included, and returns when all have ended. After that
   * {@code onHealth} is not called again; the last health stays readable.
   */
  @Override
  public void close() {
    inputs.add(new Input.Close());
    var isInterrupted = false;
    while (!loop.equals(Thread.currentThread()) && loop.isAlive()) {
      try {
        loop.join();
      } catch (InterruptedException _) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var batch = new ArrayList<Input>();
    var isOpen = true;
    while (isOpen) {
      try {
        batch.clear();
        batch.add(inputs.take());
        inputs.drainTo(batch);
        for (var input : batch) {
          isOpen &= !(input instanceof Input.Close);
          takeSafely(input);
        }
        if (isOpen) {
          tell();
        }
      } catch (InterruptedException _) {
        LOG.warn("the loop of the nannies was interrupted and goes on");
      }
    }
    end();
  }

  /** What one input does wrong must not cost the others, nor the loop. */
  private void takeSafely(Input input) {
    try {
      take(input);
    } catch (Throwable e) {
      LOG.error("the loop of the nannies goes on after an error", e);
    }
  }

  private void take(Input input) {
    switch (input) {
      case Input.Watch(var services) -> takeWatch(services);
      case Input.Result(var checked) -> takeResult(checked);
      case Input.Close() -> LOG.debug("closing");
    }
  }

  private void takeWatch(List<VirtualService> services) {
    var wanted = new LinkedHashMap<ServerKey, CheckSettings>();
    for (var service : services) {
      for (var server : service.servers()) {
        wanted.putIfAbsent(new ServerKey(service.key(), server.endpoint()), service.check());
      }
    }
    for (var key : List.copyOf(charges.keySet())) {
      if (!wanted.containsKey(key)) {
        leave(key);
      }
    }
    var newcomers = new LinkedHashMap<>(wanted);
    newcomers.keySet().removeAll(charges.keySet());
    wanted.forEach(this::keep);
    var nowNanos = System.nanoTime();
    newcomers.forEach((key, settings) -> begin(key, settings, newcomers.size(), nowNanos));
  }

  private void leave(ServerKey key) {
    var charge = charges.remove(key);
    if (charge != null) {
      charge.nanny().stop();
      LOG.info("server {} is no longer watched", key);
    }
    if (verdicts.remove(key) != null) {
      untold.add(key);
    }
  }

  private void keep(ServerKey key, CheckSettings settings) {
    var charge = charges.get(key);
    if (charge != null && !charge.nanny().settings().equals(settings)) {
      charge.nanny().settings(settings);
      LOG.info("server {} is checked with other settings from its next check on", key);
    }
  }

  private void begin(ServerKey key, CheckSettings settings, int together, long nowNanos) {
    var dueNanos = nowNanos + Schedule.firstDelayNanos(key, together, settings.interval());
    var nanny =
        new Nanny(
            key, settings, checker, dueNanos, checked -> inputs.add(new Input.Result(checked)));
    nanny.task(threads.submit(nanny));
    charges.put(key, new Charge(nanny, HealthGate.State.unknown(nowNanos)));
  }

  /** A result of a nanny that was stopped meanwhile counts no more. */
  private void takeResult(Nanny.Checked checked) {
    var nanny = checked.nanny();
    var charge = charges.get(nanny.key());
    if (charge == null || charge.nanny() != nanny) {
      return;
    }
    var before = charge.state();
    var settings = new HealthGate.Settings(nanny.settings().rise(), nanny.settings().fall());
    var step = HealthGate.step(settings, before, checked.result(), checked.endNanos());
    charges.put(nanny.key(), new Charge(nanny, step.next()));
    if (step.isChanged()) {
      if (!untold.add(nanny.key())) {
        tell();
        untold.add(nanny.key());
      }
      verdicts.put(nanny.key(), step.next().verdict());
      logChange(nanny.key(), before, step.next());
    } else {
      logUndecided(nanny.key(), before, checked.result());
    }
  }

  private static void logChange(ServerKey key, HealthGate.State before, HealthGate.State after) {
    LOG.info(
        "server {} {}->{} cause={} for={}ms good={} bad={}",
        key,
        before.verdict(),
        after.verdict(),
        reason(after.last()),
        TimeUnit.NANOSECONDS.toMillis(after.sinceNanos() - before.sinceNanos()),
        after.counts().good(),
        after.counts().bad());
  }

  private static String reason(@Nullable CheckResult result) {
    return switch (result) {
      case CheckResult.Good(var detail, var _) -> detail;
      case CheckResult.Bad(var reason, var _) -> reason;
      case CheckResult.Undecided(var reason, var _) -> reason;
      case null -> "none";
    };
  }

  private static void logUndecided(ServerKey key, HealthGate.State before, CheckResult result) {
    if (result instanceof CheckResult.Undecided(var reason, var _)
        && !(before.last() instanceof CheckResult.Undecided)) {
      LOG.warn("server {} stays {}: it could not be checked: {}", key, before.verdict(), reason);
    }
  }

  private void tell() {
    if (untold.isEmpty()) {
      return;
    }
    untold.clear();
    var next = new Health(verdicts);
    if (next.equals(health)) {
      return;
    }
    health = next;
    try {
      onHealth.accept(next);
    } catch (Throwable e) {
      LOG.error("telling about the health failed", e);
    }
  }

  private void end() {
    charges.values().forEach(charge -> charge.nanny().stop());
    threads.shutdownNow();
    var isEnded = false;
    while (!isEnded) {
      try {
        isEnded = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException _) {
        LOG.debug("interrupted while the nannies end");
      }
    }
    checker.close();
  }
}
