// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.director.machine.CommandWords;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.program.Child;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an operator's programs: one at a time, in the order in which they were given, none longer
 * than a limit, on a thread of its own. A program that takes too long is killed together with all
 * that it started; what a program that ended leaves behind lives on. No disk is needed.
 */
final class CommandRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_LOGGED_BYTES = 2_000;

  private final Duration limit;
  private final ThreadPoolExecutor thread;
  private final String mark = "LVS_DIRECTOR_RUN=" + UUID.randomUUID() + ".";
  private final AtomicLong runs = new AtomicLong();
  private @Nullable Child running;
  private volatile boolean isEnding;

  /**
   * A runner.
   *
   * @param limit how long a program may take
   */
  CommandRunner(Duration limit) {
    this.limit = limit;
    var factory = Thread.ofPlatform().name("commands").daemon().factory();
    thread =
        new ThreadPoolExecutor(
            1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), factory);
    thread.allowCoreThreadTimeOut(true);
    thread.setRejectedExecutionHandler(
        (_, _) -> LOG.error("too many commands are waiting: one is left out"));
  }

  /**
   * One program to run.
   *
   * @param what what it is for, for the log
   * @param line the program and its arguments, without a shell; quotes hold words together
   * @param arguments further arguments
   * @param environment what it finds in its environment beside the daemon's own
   */
  record Job(String what, String line, List<String> arguments, Map<String, String> environment) {
    Job {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }

  /** Runs a program after those given before; does not wait. Any thread. */
  void run(Job job) {
    thread.execute(() -> runNow(job));
  }

  /** Waits for the programs that were given, each within its limit, but no longer than this. */
  void finish(Duration patience) {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("commands are left behind: {} waiting", thread.getQueue().size());
        abandon();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finish(limit);
  }

  private void runNow(Job job) {
    var began = System.nanoTime();
    try {
      var child = Child.start(order(job));
      try {
        hold(child);
        var ending = await(job, child);
        var took = (System.nanoTime() - began) / 1_000_000;
        LOG.info("{} {} after {} ms{}", job.what, ending, took, said(child.output()));
      } finally {
        hold(null);
        child.leave();
      }
    } catch (IOException | RuntimeException impossible) {
      LOG.error("{} could not run: {}", job.what, impossible.getMessage());
    }
  }

  private Child.Order order(Job job) {
    var words = CommandWords.of(job.line);
    words.addAll(job.arguments);
    var environment = new HashMap<>(System.getenv());
    environment.putAll(job.environment);
    var ownMark = mark + runs.incrementAndGet();
    return new Child.Order(words, environment, Path.of(""), ownMark, MOST_LOGGED_BYTES, true);
  }

  private String await(Job job, Child child) throws LinuxException {
    if (child.await(System.nanoTime() + limit.toNanos(), false) == Child.Outcome.LATE) {
      child.kill();
      return "KILLED: it took longer than " + limit.toSeconds() + " s";
    }
    if (isEnding) {
      return "KILLED: " + job.what + " was under way when the daemon ended";
    }
    var status = child.status();
    return status == 0 ? "done" : "FAILED with exit status " + status;
  }

  private synchronized void hold(@Nullable Child next) {
    running = next;
    if (isEnding && next != null) {
      next.kill();
    }
  }

  /** What is waiting is left out, what runs is killed. */
  private synchronized void abandon() {
    thread.shutdownNow();
    isEnding = true;
    if (running != null) {
      running.kill();
    }
  }

  private static String said(byte[] output) {
    var text = new String(output, StandardCharsets.UTF_8).strip();
    return text.isEmpty()
        ? ""
        : ": " + PrintableText.printable(text.replaceAll("\\s*\\R\\s*", " / "));
  }
}
