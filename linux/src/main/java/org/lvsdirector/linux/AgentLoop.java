// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A thread that does one thing again and again until it is closed. What it does may throw: that is
 * counted and told, and after a pause the loop goes on. Only when turn after turn fails by a defect
 * it ends by itself, with a {@link DefectException} that nobody on its thread catches: who depends
 * on it must not believe it to be at work. Nothing is ever interrupted, since that tears files and
 * channels: a turn that waits elsewhere than in {@link #pause} needs {@link #wokenBy}.
 */
public final class AgentLoop implements AutoCloseable {
  private static final long FAILURE_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE_MILLIS = 5_000;

  /** So many turns in a row that fail by a defect, and the next one will too. */
  static final int MOST_DEFECTS = 30;

  private final Turn turn;
  private final Consumer<Exception> failed;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong failures = new AtomicLong();
  private long failurePauseNanos = FAILURE_PAUSE_NANOS;
  private boolean isFacingStrangers;
  private boolean isInRealTime;
  private int defectsInARow;
  private Runnable wake = () -> {};
  private Runnable end = () -> {};

  /** What is done again and again. */
  @FunctionalInterface
  public interface Turn {
    /**
     * One turn of the loop; may block.
     *
     * @throws Exception what keeps it from being done; the next turn comes after a pause
     */
    void run() throws Exception;
  }

  /** A loop can do nothing any more, as its thread says to its uncaught exception handler. */
  public static final class DefectException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DefectException(String loop, Throwable defect) {
      super(loop + " ends: every turn of it fails", defect);
    }
  }

  /**
   * A loop that does not run yet, on a daemon thread.
   *
   * @param name of the thread
   * @param failed takes what a turn has thrown, on the thread of the loop
   */
  public AgentLoop(String name, Turn turn, Consumer<Exception> failed) {
    this.turn = turn;
    this.failed = failed;
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * Sets what ends the waiting of a turn once {@link #isClosing}; runs on the thread that stops the
   * loop, each time it does. Before the start.
   */
  public AgentLoop wokenBy(Runnable waker) {
    wake = waker;
    return this;
  }

  /** Sets what is done last, on the thread of the loop. Before the start. */
  public AgentLoop endingWith(Runnable ending) {
    end = ending;
    return this;
  }

  /**
   * Sets how long it waits after a turn that has failed, one second otherwise. Before the start.
   */
  public AgentLoop pausingAfterFailure(long millis) {
    failurePauseNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    return this;
  }

  /**
   * Says that its turns are about what strangers send: none of them ends it, however often they
   * make a turn fail. Before the start.
   */
  public AgentLoop facingStrangers() {
    isFacingStrangers = true;
    return this;
  }

  /** Says that heartbeats or a takeover wait for its turns. Before the start. */
  public AgentLoop inRealTime() {
    isInRealTime = true;
    return this;
  }

  /** Begins; once. */
  public void start() {
    thread.start();
  }

  /** Whether the loop is to end. Any thread. */
  public boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Turns that have thrown. Any thread. */
  public long failures() {
    return failures.get();
  }

  /** Waits for so long, or until the loop is to end. Only in a turn. */
  public void pause(long nanos) throws InterruptedException {
    var _ = closing.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends the loop soon; does not wait. Any thread. Repeating it is harmless. */
  public void stop() {
    closing.countDown();
    wake.run();
  }

  /**
   * Ends the loop and waits until it has ended, up to five seconds; not when it is a turn that
   * closes it. Any thread. Repeating it is harmless.
   */
  @Override
  public void close() {
    stop();
    if (thread.equals(Thread.currentThread())) {
      return;
    }
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    if (isInRealTime) {
      RealTime.enter();
    }
    try {
      while (!isClosing()) {
        runOnce();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      throw new DefectException(thread.getName(), e);
    } finally {
      end.run();
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      turn.run();
      defectsInARow = 0;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (!isClosing()) {
        failures.incrementAndGet();
        failed.accept(e);
        endAfterTooManyDefects(e);
        pause(failurePauseNanos);
      }
    }
  }

  /** What comes from outside, such as an interface that is gone, passes; a defect does not. */
  private void endAfterTooManyDefects(Exception e) {
    if (e instanceof RuntimeException defect && !(e instanceof UncheckedIOException)) {
      defectsInARow++;
      if (defectsInARow >= MOST_DEFECTS && !isFacingStrangers) {
        throw defect;
      }
    } else {
      defectsInARow = 0;
    }
  }
}
