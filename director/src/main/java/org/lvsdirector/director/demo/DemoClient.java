// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The client of the demo: a steady stream of HTTP requests to the virtual address, each on a new
 * connection, and what became of them.
 */
final class DemoClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int MOST_AT_ONCE = 500;

  private final InetSocketAddress target;
  private final long periodNanos;
  private final Thread pacer;
  private final Semaphore inFlight = new Semaphore(MOST_AT_ONCE);
  private final Map<String, Long> answersByServer = new TreeMap<>();
  private long failures;
  private long lastAnswerNanos;
  private long longestGapNanos;
  private volatile boolean isRunning = true;

  /**
   * Answers since the last look.
   *
   * @param answersByServer by the name in the answer
   * @param failures requests without a good answer
   */
  record Tally(Map<String, Long> answersByServer, long failures) {
    Tally {
      answersByServer = new TreeMap<>(answersByServer);
    }

    long answers() {
      return answersByServer.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What happened between an earlier tally and this one. */
    Tally since(Tally earlier) {
      var difference = new TreeMap<>(answersByServer);
      earlier.answersByServer.forEach((name, count) -> difference.merge(name, -count, Long::sum));
      return new Tally(difference, failures - earlier.failures);
    }
  }

  DemoClient(InetSocketAddress target, int requestsPerSecond) {
    this.target = target;
    periodNanos = 1_000_000_000L / requestsPerSecond;
    lastAnswerNanos = System.nanoTime();
    pacer = Thread.ofPlatform().daemon().name("demo-client").unstarted(this::pace);
  }

  void start() {
    pacer.start();
  }

  synchronized Tally tally() {
    return new Tally(answersByServer, failures);
  }

  /** Begins to look for the longest time without an answer, from this moment on. */
  synchronized void watchGap() {
    lastAnswerNanos = System.nanoTime();
    longestGapNanos = 0;
  }

  /** The longest time without an answer since {@link #watchGap}, in nanoseconds. */
  synchronized long longestGapNanos() {
    return Math.max(longestGapNanos, System.nanoTime() - lastAnswerNanos);
  }

  /** When the last good answer came, on the monotonic clock. */
  synchronized long lastAnswerNanos() {
    return lastAnswerNanos;
  }

  @Override
  public void close() {
    isRunning = false;
  }

  private void pace() {
    try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = System.nanoTime();
      while (isRunning) {
        if (inFlight.tryAcquire()) {
          requests.execute(this::request);
        }
        next += periodNanos;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  private void request() {
    try (var socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(target, TIMEOUT_MILLIS);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (answer.startsWith("HTTP/1.1 200")) {
        answered(answer.substring(answer.indexOf("\r\n\r\n") + 4).strip());
      } else {
        failed();
      }
    } catch (IOException refusedOrCut) {
      failed();
    } finally {
      inFlight.release();
    }
  }

  private synchronized void answered(String server) {
    answersByServer.merge(server, 1L, Long::sum);
    var now = System.nanoTime();
    longestGapNanos = Math.max(longestGapNanos, now - lastAnswerNanos);
    lastAnswerNanos = now;
  }

  private synchronized void failed() {
    failures++;
  }
}
