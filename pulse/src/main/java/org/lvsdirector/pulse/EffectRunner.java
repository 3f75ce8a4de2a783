// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.RealTime;
import org.lvsdirector.pulse.failover.Effect;
import org.lvsdirector.pulse.failover.Input;
import org.lvsdirector.pulse.failover.Notice;
import org.lvsdirector.pulse.failover.Transition;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.RoleListener;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Carries out the effects that may block, away from the heartbeats: the addresses in order on one
 * thread, the disk on another, the log and the listener on a third. So a hanging disk delays no
 * takeover, and a slow listener neither.
 */
final class EffectRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

  /** Marks lines that are kept when others must be dropped. */
  private static final Marker KEPT = MarkerFactory.getMarker("KEPT");

  /** How far a busy machine may lag behind with what it was sent. */
  private static final long FAREWELL_NANOS = 100_000_000L;

  /** Announcing takes the partner half of it. */
  private static final long FAREWELL_NANOS_PER_ADDRESS = 100_000L;

  private final VirtualAddresses addresses;
  private final TermFile termFile;
  private final RoleListener listener;
  private final Ports outside;
  private final Consumer<LongFunction<Input>> inbox;
  private final ExecutorService askThreads =
      Executors.newThreadPerTaskExecutor(
          inRealTime(Thread.ofPlatform().name("pulse-ask-", 0).daemon().factory()));
  private final ThreadPoolExecutor addressThread = single(inRealTime(named("pulse-addresses")));
  private final ThreadPoolExecutor diskThread = single(inRealTime(named("pulse-term")));
  private final ThreadPoolExecutor journalThread = single(named("pulse-journal"));

  /** The virtual addresses that effects mean; by the thread that starts them. */
  private List<VirtualAddress> meant;

  /**
   * A runner of effects.
   *
   * @param meant the virtual addresses that effects mean until {@link #mean}
   * @param inbox takes what came of an effect, as an input that is made when its time is known; any
   *     thread
   */
  EffectRunner(
      List<VirtualAddress> meant,
      VirtualAddresses addresses,
      TermFile termFile,
      RoleListener listener,
      Ports outside,
      Consumer<LongFunction<Input>> inbox) {
    this.meant = List.copyOf(meant);
    this.addresses = addresses;
    this.termFile = termFile;
    this.listener = listener;
    this.outside = outside;
    this.inbox = inbox;
  }

  /** The effects that start from now on mean other addresses. On the thread that starts them. */
  void mean(List<VirtualAddress> others) {
    meant = List.copyOf(others);
  }

  /** Starts an effect; what comes of it, if anybody wants to know, comes later. */
  void run(Effect.Outward effect) {
    var list = meant;
    switch (effect) {
      case Effect.Acquire(var id) ->
          addressThread.execute(() -> attempt(id, "acquire", () -> addresses.acquire(list)));
      case Effect.TryAddresses(var id) ->
          addressThread.execute(
              () -> attempt(id, "take the addresses", () -> addresses.examine(list)));
      case Effect.Announce(var id) ->
          addressThread.execute(() -> attempt(id, "announce", () -> addresses.announce(list)));
      case Effect.Release(var id, var isHandedOver) ->
          addressThread.execute(
              () -> attempt(id, "release", () -> release(isHandedOver, list.size())));
      case Effect.PersistTerm(var id, var term, var isMaintained) ->
          diskThread.execute(
              () -> attempt(id, "store the term", () -> termFile.write(term, isMaintained)));
      case Effect.PingTargets(var id) ->
          ask(
              id,
              () -> {
                outside.targets().ping();
                inbox.accept(now -> new Input.EffectDone(now, id));
              });
      case Effect.ProbeAddresses(var id) ->
          ask(
              id,
              () -> {
                var isForeign = outside.neighbours().isForeignAnswering();
                inbox.accept(now -> new Input.Probed(now, id, isForeign));
              });
      case Effect.AskWitness(var id, var term, var isHolding) ->
          ask(
              id,
              () -> {
                var grant = outside.witness().ask(term, isHolding);
                inbox.accept(
                    now -> new Input.WitnessAnswered(now, id, grant.isGranted(), grant.forNanos()));
              });
      case Effect.SyncRole(var id, var isSender) ->
          addressThread.execute(
              () -> attempt(id, "synchronise connections", () -> outside.sync().run(isSender)));
      case Effect.Beacon() ->
          addressThread.execute(
              () -> quietly("send a beacon", () -> outside.neighbours().beacon()));
      case Effect.StopPartner(var term) ->
          askThreads.execute(() -> quietly("stop the partner", () -> outside.partner().stop(term)));
      case Effect.ReturnLease(var term) ->
          askThreads.execute(
              () -> quietly("return the lease", () -> outside.witness().giveBack(term)));
      case Effect.Notify(var notice) -> journalThread.execute(() -> tell(notice));
      case Effect.Journal(var transition) -> {
        var at = Instant.now();
        journalThread.execute(() -> tell(transition, at));
      }
    }
  }

  /**
   * After a handover the addresses stay for a moment: the partner's announcement is on its way, and
   * so is what clients sent here before they heard it. Nothing must be announced after it.
   */
  private void release(boolean isHandedOver, int count) throws IOException {
    if (isHandedOver) {
      addresses.fallSilent();
      LockSupport.parkNanos(FAREWELL_NANOS + count * FAREWELL_NANOS_PER_ADDRESS);
    }
    addresses.release();
  }

  /** Says where the milliseconds of a takeover went, after the change of role that ended it. */
  void tell(Takeover takeover) {
    journalThread.execute(() -> LOG.info(KEPT, "{}", takeover));
  }

  /** Tells the listener of a notice, in order with the changes of role, which are logged anyway. */
  private void tell(Notice notice) {
    if (notice.kind() != Notice.Kind.ROLE) {
      LOG.warn("notice {}: {}", notice.kind(), notice.text());
    }
    try {
      listener.noticed(notice);
    } catch (RuntimeException e) {
      LOG.error("the listener failed at {}", notice, e);
    }
  }

  /** Logs a change of role and tells the listener. */
  private void tell(Transition transition, Instant at) {
    LOG.info(KEPT, "{}", transition);
    try {
      listener.roleChanged(transition, at);
    } catch (RuntimeException e) {
      LOG.error("the listener failed at {}", transition, e);
    }
  }

  /** Questions to others run beside each other: one that hangs delays none. */
  private void ask(long id, Work question) {
    askThreads.execute(
        () -> {
          try {
            question.run();
          } catch (IOException | RuntimeException e) {
            LOG.debug("no answer to question {}", id, e);
            inbox.accept(now -> new Input.EffectFailed(now, id, String.valueOf(e.getMessage())));
          }
        });
  }

  private void quietly(String what, Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      LOG.warn("could not {}: {}", what, String.valueOf(e.getMessage()));
    }
  }

  private void attempt(long id, String what, Work work) {
    try {
      work.run();
      inbox.accept(now -> new Input.EffectDone(now, id));
    } catch (IOException | RuntimeException e) {
      LOG.error("could not {}: {}", what, String.valueOf(e.getMessage()));
      LOG.debug("could not {}", what, e);
      inbox.accept(now -> new Input.EffectFailed(now, id, what + ": " + e.getMessage()));
    }
  }

  /** Ends the threads once what was started has ended; does not wait for it. */
  @Override
  public void close() {
    addressThread.shutdown();
    diskThread.shutdown();
    journalThread.shutdown();
    askThreads.shutdown();
  }

  /** Waits until the journal and the term are written, but not for ever. */
  void awaitQuiet(long millis) {
    try {
      var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      for (var thread : List.of(journalThread, diskThread)) {
        if (!thread.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          LOG.warn("{} did not end in time", thread);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().name(name).daemon().factory();
  }

  /** For what a takeover waits for. */
  private static ThreadFactory inRealTime(ThreadFactory factory) {
    return task -> factory.newThread(RealTime.entering(task));
  }

  private static ThreadPoolExecutor single(ThreadFactory factory) {
    var executor =
        new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
