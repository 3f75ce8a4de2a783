package org.lvsdirector.nanny;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes channels at their deadline, which ends whatever blocks on them: connecting, writing or
 * reading. One thread for all.
 */
final class CheckDeadline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckDeadline.class);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("nanny-watchdog").factory());

  CheckDeadline() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /** The watch over one channel; closing it ends the watch and leaves the channel alone. */
  final class Guard implements AutoCloseable {
    private final Channel channel;
    private final Future<?> alarm;
    private volatile boolean isExpired;

    private Guard(Channel channel, long delayNanos) {
      this.channel = channel;
      this.alarm = timer.schedule(this::expire, delayNanos, TimeUnit.NANOSECONDS);
    }

    /** Whether it was this watch that closed the channel. */
    boolean isExpired() {
      return isExpired;
    }

    private void expire() {
      isExpired = true;
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("closing a channel at its deadline: {}", e.toString());
      }
    }

    @Override
    public void close() {
      alarm.cancel(false);
    }
  }

  /** Closes a channel at a monotonic time, unless the guard is closed before. */
  Guard guard(Channel channel, long deadlineNanos) {
    return new Guard(channel, deadlineNanos - System.nanoTime());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
