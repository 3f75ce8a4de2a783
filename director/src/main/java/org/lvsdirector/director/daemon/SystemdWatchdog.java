// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Feeds the service manager's watchdog, and tells it how the director stands, as long as the
 * heartbeat loop comes round: one that hangs is killed and started again.
 */
public final class SystemdWatchdog implements AutoCloseable {
  private static final Duration WITHOUT_WATCHDOG = Duration.ofSeconds(2);
  private static final int FEEDS_PER_LIMIT = 4;

  private final SystemdNotify manager;
  private final Supplier<CompletableFuture<Void>> heartbeats;
  private final Supplier<String> status;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);
  private String told = "";

  private SystemdWatchdog(
      SystemdNotify manager,
      Supplier<CompletableFuture<Void>> heartbeats,
      Supplier<String> status) {
    this.manager = manager;
    this.heartbeats = heartbeats;
    this.status = status;
    pause =
        manager.watchdog().map(limit -> limit.dividedBy(FEEDS_PER_LIMIT)).orElse(WITHOUT_WATCHDOG);
  }

  /**
   * Starts feeding.
   *
   * @param heartbeats gives a future that the heartbeat loop completes
   * @param status a line for the operator
   */
  public static SystemdWatchdog start(
      SystemdNotify manager,
      Supplier<CompletableFuture<Void>> heartbeats,
      Supplier<String> status) {
    var watchdog = new SystemdWatchdog(manager, heartbeats, status);
    Thread.ofPlatform().daemon().name("watchdog").start(watchdog::run);
    return watchdog;
  }

  private void run() {
    try {
      do {
        feed();
      } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void feed() throws InterruptedException {
    try {
      heartbeats.get().get(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return;
    }
    manager.alive();
    var line = status.get();
    if (!line.equals(told)) {
      told = line;
      manager.status(line);
    }
  }

  /** Feeds no more. */
  @Override
  public void close() {
    closed.countDown();
  }
}
