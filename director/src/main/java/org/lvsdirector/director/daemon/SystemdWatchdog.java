// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.lvsdirector.linux.AgentLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the service manager's watchdog, and tells it how the director stands, as long as the
 * heartbeat loop comes round: one that hangs is killed and started again.
 */
public final class SystemdWatchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SystemdWatchdog.class);
  private static final Duration WITHOUT_WATCHDOG = Duration.ofSeconds(2);
  private static final int FEEDS_PER_LIMIT = 4;

  private final SystemdNotify manager;
  private final Supplier<CompletableFuture<Void>> heartbeats;
  private final Supplier<String> status;
  private final Duration pause;
  private final AgentLoop loop;
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
    loop =
        new AgentLoop(
                "watchdog", this::feed, e -> LOG.error("the watchdog is fed on after a defect", e))
            .pausingAfterFailure(pause.toMillis())
            .inRealTime();
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
    watchdog.loop.start();
    return watchdog;
  }

  private void feed() throws InterruptedException {
    tell();
    loop.pause(pause.toNanos());
  }

  private void tell() throws InterruptedException {
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
    loop.stop();
  }
}
