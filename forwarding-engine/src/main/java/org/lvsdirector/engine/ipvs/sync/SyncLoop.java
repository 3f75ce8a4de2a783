// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.engine.RunningSync;
import org.lvsdirector.engine.SyncListener;
import org.lvsdirector.engine.SyncPartner;
import org.lvsdirector.engine.SyncStatus;
import org.lvsdirector.engine.ipvs.IpvsNeeds;
import org.lvsdirector.engine.ipvs.KernelDaemon.State;
import org.lvsdirector.engine.ipvs.KernelSync;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Declined;
import org.lvsdirector.engine.ipvs.sync.exchange.Exchange.Verdict;
import org.lvsdirector.engine.ipvs.sync.exchange.InSync;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.linux.KeptSettings;
import org.lvsdirector.linux.Libc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection sync of one director. One thread keeps the kernel's daemons and settings as the role
 * wants them; another, while this director stands by, asks the active one how far its connections
 * are. At a change of role both daemons run for a while, for the kernel keeps what it sends for up
 * to three seconds.
 */
public final class SyncLoop implements RunningSync {
  private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long EAGER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(40);

  /** Comparing takes at most a tenth of the time. */
  private static final int REST_FACTOR = 9;

  private final SyncSettings settings;
  private final SyncNotes notes;
  private final KeptSettings sysctls;
  private final Daemons daemons;
  private final Answering answering;
  private final Asking asking;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong position = new AtomicLong();
  private final AgentLoop keeper;
  private final AgentLoop comparer;
  private long comparedRole = -1;

  // Guarded by the lock.
  private @Nullable Boolean isSender;
  private long roleNanos;
  private long roleCount;
  private String daemonProblem = "";
  private String compareProblem = "";
  private Answering.@Nullable Seen own;
  private @Nullable SyncListener listener;
  private boolean isToldInSync;

  private SyncLoop(
      SyncSettings settings, KernelSync kernel, Supplier<Table> services, SyncPartner partner) {
    this.settings = settings;
    notes = new SyncNotes(settings.stateFile(), KernelSync.presentTable());
    sysctls = settings.kept(notes, KernelSync.presentTable());
    daemons = new Daemons(kernel, settings.sync(), notes);
    var tables = new Tables(settings, kernel, services);
    answering = new Answering(tables);
    asking = new Asking(tables, partner);
    keeper = new AgentLoop("sync", this::keep, SyncLoop::failed).wokenBy(this::wake);
    comparer = new AgentLoop("sync-compare", this::compare, SyncLoop::failed).wokenBy(this::wake);
  }

  private static void failed(Exception e) {
    LOG.error("connection sync goes on after a defect of its own", e);
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts. Nothing runs in the kernel before the first role.
   *
   * @param stateDir where it notes what it changed in the kernel, over a restart
   * @param services the services of this machine's kernel
   * @param partner the other director
   */
  public static SyncLoop start(
      ConnectionSync sync, Path stateDir, Supplier<Table> services, SyncPartner partner) {
    var settings = new SyncSettings(sync, stateDir.resolve("ipvs-sync"));
    return start(settings, new KernelSync(Libc.system()), services, partner);
  }

  static SyncLoop start(
      SyncSettings settings, KernelSync kernel, Supplier<Table> services, SyncPartner partner) {
    var loop = new SyncLoop(settings, kernel, services, partner);
    loop.keeper.start();
    loop.comparer.start();
    return loop;
  }

  @Override
  public void tell(SyncListener heard) {
    lock.lock();
    try {
      listener = heard;
      heard.synced(position.get(), isToldInSync);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void role(boolean isNowSender) {
    lock.lock();
    try {
      if (isSender == null || isSender != isNowSender) {
        isSender = isNowSender;
        roleNanos = System.nanoTime();
        roleCount++;
        own = null;
        compareProblem = "";
        answering.forget();
        tellInSync(isNowSender);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public byte[] answer(byte[] question) {
    try {
      var isAnswering = isSending();
      return Exchange.encode(
          isAnswering
              ? answering.answer(Exchange.decode(question))
              : new Declined("this director is not active"));
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("cannot answer", e);
      return Exchange.encode(new Declined(String.valueOf(e.getMessage())));
    }
  }

  private boolean isSending() {
    lock.lock();
    try {
      return Boolean.TRUE.equals(isSender);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SyncStatus status() {
    lock.lock();
    try {
      var isSending = Boolean.TRUE.equals(isSender);
      var seen = isSending ? answering.latest() : own;
      var running = daemons.running();
      return new SyncStatus(
          isSending,
          settings.sync().device(),
          settings.sync().id(),
          running.contains(State.MASTER),
          running.contains(State.BACKUP),
          daemonProblem.isEmpty() ? compareProblem : daemonProblem,
          seen == null ? null : progress(seen),
          answering.sent());
    } finally {
      lock.unlock();
    }
  }

  private static SyncStatus.Progress progress(Answering.Seen seen) {
    var verdict = seen.verdict();
    var agoNanos = System.nanoTime() - seen.atNanos();
    return new SyncStatus.Progress(
        verdict.total(),
        verdict.missing(),
        verdict.oldestMissingMillis(),
        TimeUnit.NANOSECONDS.toMillis(agoNanos),
        InSync.is(verdict) && agoNanos < STALE_NANOS);
  }

  // ---- the kernel's daemons and settings -------------------------------------------------------

  private void keep() throws InterruptedException {
    var order = order();
    keepOnce(order.states);
    rest(order.roleCount);
  }

  /** What shall run, and for which role. */
  private record Order(Set<State> states, long roleCount) {}

  private Order order() {
    lock.lock();
    try {
      if (isSender == null) {
        return new Order(Set.of(), roleCount);
      }
      var isLingering = roleCount > 1 && System.nanoTime() - roleNanos < LINGER_NANOS;
      var own = Set.of(isSender ? State.MASTER : State.BACKUP);
      return new Order(isLingering ? EnumSet.allOf(State.class) : own, roleCount);
    } finally {
      lock.unlock();
    }
  }

  private void keepOnce(Set<State> wanted) {
    var problem = "";
    try {
      if (!wanted.isEmpty()) {
        var unset = setSysctls();
        problem = daemons.run(wanted);
        problem = problem.isEmpty() ? unset : problem;
      }
    } catch (IOException | RuntimeException e) {
      problem = String.valueOf(e.getMessage());
    }
    lock.lock();
    try {
      if (!problem.equals(daemonProblem)) {
        if (!problem.isEmpty()) {
          LOG.warn("connection sync: {}", problem);
        } else {
          LOG.info("connection sync works again");
        }
      }
      daemonProblem = problem;
    } finally {
      lock.unlock();
    }
  }

  /** What cannot be set; connection sync goes on without it. */
  private String setSysctls() {
    var problem = "";
    for (var need : IpvsNeeds.SYNC) {
      try {
        sysctls
            .set(need.path(), need.value())
            .ifPresent(change -> LOG.info("{}: otherwise {}", change, need.otherwise()));
      } catch (IOException e) {
        problem = e.getMessage() + ": otherwise " + need.otherwise();
      }
    }
    return problem;
  }

  /** Waits for the next look, or for another role, or for the end. */
  private void rest(long seenRole) throws InterruptedException {
    lock.lock();
    try {
      var lingerLeft = roleNanos + LINGER_NANOS - System.nanoTime();
      var pause = daemonProblem.isEmpty() ? LOOK_NANOS : AGAIN_NANOS;
      var left = roleCount > 1 && lingerLeft > 0 ? Math.min(pause, lingerLeft) : pause;
      while (left > 0 && !keeper.isClosing() && roleCount == seenRole) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- how far the standby is ------------------------------------------------------------------

  private void compare() throws InterruptedException {
    var role = awaitStandby();
    if (comparer.isClosing()) {
      return;
    }
    if (role != comparedRole) {
      asking.begin();
      comparedRole = role;
    }
    var began = System.nanoTime();
    compareOnce(role);
    restAfter(role, System.nanoTime() - began);
  }

  /** Waits until this director stands by; counts its roles; at once at the end. */
  private long awaitStandby() throws InterruptedException {
    lock.lock();
    try {
      while (!comparer.isClosing() && !Boolean.FALSE.equals(isSender)) {
        changed.await();
      }
      return roleCount;
    } finally {
      lock.unlock();
    }
  }

  private void compareOnce(long role) {
    Verdict verdict = null;
    var problem = "";
    try {
      verdict = asking.compare();
    } catch (IOException | RuntimeException e) {
      LOG.debug("cannot compare", e);
      problem = String.valueOf(e.getMessage());
    }
    lock.lock();
    try {
      if (role == roleCount) {
        judge(verdict, problem);
      }
    } finally {
      lock.unlock();
    }
  }

  private void judge(@Nullable Verdict verdict, String problem) {
    var nowNanos = System.nanoTime();
    if (!problem.equals(compareProblem) && !problem.isEmpty()) {
      LOG.info("connection sync: cannot compare, trying on: {}", problem);
    }
    compareProblem = problem;
    if (verdict != null) {
      position.incrementAndGet();
      own = new Answering.Seen(verdict, nowNanos);
    }
    var seen = own;
    var isInSync = seen != null && progress(seen).isInSync();
    if (isInSync != isToldInSync) {
      LOG.info(
          "connection sync: {} {}",
          isInSync ? "in sync" : "not in sync",
          seen == null ? problem : seen.verdict());
    }
    tellInSync(isInSync);
  }

  private void tellInSync(boolean isInSync) {
    isToldInSync = isInSync;
    if (listener != null) {
      listener.synced(position.get(), isInSync);
    }
  }

  private void restAfter(long role, long tookNanos) throws InterruptedException {
    lock.lock();
    try {
      var isSettled = isToldInSync && compareProblem.isEmpty();
      var left = Math.max(isSettled ? SETTLED_NANOS : EAGER_NANOS, REST_FACTOR * tookNanos);
      while (left > 0 && !comparer.isClosing() && role == roleCount) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends: stops the daemons that this director started, after what the kernel still keeps is sent,
   * and puts its settings back. Blocks for up to a few seconds.
   */
  @Override
  public void close() {
    var linger = lingerAtEnd();
    leave();
    try {
      TimeUnit.NANOSECONDS.sleep(linger);
      keeper.close();
      var problem = daemons.run(Set.of());
      if (!problem.isEmpty()) {
        LOG.warn("connection sync: {}", problem);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("sync daemons stay: {}", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var back = sysctls.putBack();
    back.changes().forEach(change -> LOG.info("{}, as it was", change));
    back.problems().forEach(LOG::warn);
  }

  @Override
  public void leave() {
    keeper.stop();
    comparer.stop();
  }

  /** The master daemon keeps what it has for up to 3 s after the role is gone. */
  private long lingerAtEnd() {
    lock.lock();
    try {
      if (Boolean.TRUE.equals(isSender)) {
        return LINGER_NANOS;
      }
      return roleCount > 1 ? Math.max(0, roleNanos + LINGER_NANOS - System.nanoTime()) : 0;
    } finally {
      lock.unlock();
    }
  }
}
