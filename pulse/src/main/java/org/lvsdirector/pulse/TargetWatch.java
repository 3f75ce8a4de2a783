// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lvsdirector.linux.AgentLoop;
import org.lvsdirector.pulse.port.Ports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings the targets again and again, and tells when they are reached from now on, or no longer. One
 * lost answer is no news: two in a row are.
 */
final class TargetWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TargetWatch.class);
  private static final int MISSES = 2;

  private final Ports.Targets targets;
  private final long pauseNanos;
  private final Consumer<Boolean> listener;
  private final AgentLoop loop;
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
    pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    this.listener = listener;
    loop =
        new AgentLoop(
            "pulse-targets",
            this::pingOnce,
            e -> LOG.error("the watch of the targets goes on after a defect of its own", e));
  }

  void start() {
    loop.start();
  }

  /** Ends the watch soon; does not wait. Repeating it is harmless. */
  @Override
  public void close() {
    loop.stop();
  }

  private void pingOnce() throws InterruptedException {
    look(isAnswered());
    loop.pause(pauseNanos);
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
    if (isNow != isReached && !loop.isClosing()) {
      isReached = isNow;
      listener.accept(isNow);
    }
  }
}
