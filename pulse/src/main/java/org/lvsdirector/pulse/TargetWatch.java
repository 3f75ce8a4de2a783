// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.io.IOException;
import java.util.function.Consumer;
import org.lvsdirector.pulse.port.Ports;

/**
 * Pings the targets again and again, and tells when they are reached from now on, or no longer. One
 * lost answer is no news: two in a row are.
 */
final class TargetWatch implements AutoCloseable {

  private static final int MISSES = 2;

  private final Ports.Targets targets;
  private final long pauseMillis;
  private final Consumer<Boolean> listener;
  private final Thread thread;
  private volatile boolean isClosed;
  private boolean isReached = true;
  private int missed;

  /**
   * A watch that does not run yet.
   *
   * @param pauseMillis between two pings
   * @param listener takes whether a target is reached, at each change; nothing is told while the
   *     targets are reached from the start on
   */
  TargetWatch(Ports.Targets targets, long pauseMillis, Consumer<Boolean> listener) {
    this.targets = targets;
    this.pauseMillis = pauseMillis;
    this.listener = listener;
    thread = Thread.ofPlatform().name("pulse-targets").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends the watch soon; does not wait. Repeating it is harmless. */
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }

  private void run() {
    try {
      while (!isClosed) {
        look(isAnswered());
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAnswered() {
    try {
      targets.ping();
      return true;
    } catch (IOException | RuntimeException _) {
      return false;
    }
  }

  private void look(boolean isAnswered) {
    missed = isAnswered ? 0 : missed + 1;
    var isNow = missed == 0 || isReached && missed < MISSES;
    if (isNow != isReached && !isClosed) {
      isReached = isNow;
      listener.accept(isNow);
    }
  }
}
