// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;

/**
 * Checks one real server of one service, again and again, in a virtual thread of its own. It only
 * reports; what follows from its reports is the business of {@link Nannies}.
 */
final class Nanny implements Runnable {
  private final ServerKey key;
  private final Checker checker;
  private final Consumer<Checked> report;
  private final long firstDueNanos;
  private volatile CheckSettings settings;
  private volatile boolean isStopped;
  private volatile @Nullable Thread thread;
  private @Nullable Future<?> task;

  /**
   * A finished check.
   *
   * @param nanny who made it
   * @param result what came out
   * @param endNanos when it was finished
   */
  record Checked(Nanny nanny, CheckResult result, long endNanos) {}

  Nanny(
      ServerKey key,
      CheckSettings settings,
      Checker checker,
      long firstDueNanos,
      Consumer<Checked> report) {
    this.key = key;
    this.settings = settings;
    this.checker = checker;
    this.firstDueNanos = firstDueNanos;
    this.report = report;
  }

  ServerKey key() {
    return key;
  }

  CheckSettings settings() {
    return settings;
  }

  /** From the next check on these hold; a nanny that waits reckons anew when that check is due. */
  void settings(CheckSettings next) {
    settings = next;
    LockSupport.unpark(thread);
  }

  /** What {@link #stop} interrupts. */
  void task(Future<?> task) {
    this.task = task;
  }

  /** Ends the thread, a running check included. */
  void stop() {
    isStopped = true;
    if (task != null) {
      task.cancel(true);
    }
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    var dueNanos = firstDueNanos;
    while (!isStopped) {
      dueNanos = awaitDue(dueNanos);
      if (!isStopped) {
        var result = checkOnce();
        report.accept(new Checked(this, result, System.nanoTime()));
        dueNanos = Schedule.nextNanos(dueNanos, settings.interval(), System.nanoTime());
      }
    }
  }

  /** Returns at the due time, or when stopped; other settings meanwhile may bring it forward. */
  private long awaitDue(long dueAtFirst) {
    var reckonedWith = settings;
    var dueNanos = dueAtFirst;
    while (!isStopped) {
      var nowNanos = System.nanoTime();
      if (dueNanos - nowNanos <= 0) {
        return dueNanos;
      }
      var present = settings;
      if (!present.interval().equals(reckonedWith.interval())) {
        var soonestNanos = Schedule.nextNanos(nowNanos, present.interval(), nowNanos);
        dueNanos = soonestNanos - dueNanos < 0 ? soonestNanos : dueNanos;
      }
      reckonedWith = present;
      LockSupport.parkNanos(this, dueNanos - nowNanos);
      Thread.interrupted();
    }
    return dueNanos;
  }

  private CheckResult checkOnce() {
    var startNanos = System.nanoTime();
    try {
      return checker.check(target(), settings);
    } catch (InterruptedException _) {
      return new CheckResult.Undecided("interrupted", System.nanoTime() - startNanos);
    } catch (Throwable e) {
      // What this process cannot do, or does wrong, is no failure of a server.
      return new CheckResult.Undecided(Wording.reason(e), System.nanoTime() - startNanos);
    }
  }

  /** A server without a port of its own is checked at the service's. */
  private Endpoint target() {
    var server = key.server();
    return server.port() == 0 && key.service() instanceof ServiceKey.ByAddress(var _, var virtual)
        ? new Endpoint(server.address(), virtual.port())
        : server;
  }
}
