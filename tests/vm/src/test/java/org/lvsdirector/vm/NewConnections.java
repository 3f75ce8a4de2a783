// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import org.lvsdirector.lab.Host;

/** A client that connects anew again and again, and wants one byte echoed each time. */
final class NewConnections implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;
  private static final long PAUSE_NANOS = 200_000_000L;

  private final InetSocketAddress target;
  private volatile boolean isClosed;
  private long made;
  private long failed;
  private long longestNanos;
  private long lastAnsweredNanos;

  /**
   * How it stands since it was asked last.
   *
   * @param made connections
   * @param failed those that were refused, reset or not answered
   * @param longestMillis the longest time from one answer to the next
   */
  record Count(long made, long failed, long longestMillis) {}

  private NewConnections(InetSocketAddress target) {
    this.target = target;
  }

  /** Begins. */
  static NewConnections start(Host client, InetSocketAddress target) throws IOException {
    var connections = new NewConnections(target);
    connections.lastAnsweredNanos = System.nanoTime();
    client.thread("new-connections", connections::drive);
    return connections;
  }

  /** Begins to count anew, and returns what was counted before. */
  synchronized Count count() {
    var open = System.nanoTime() - lastAnsweredNanos;
    var count = new Count(made, failed, Math.max(longestNanos, open) / 1_000_000);
    made = 0;
    failed = 0;
    longestNanos = 0;
    return count;
  }

  private void drive() {
    while (!isClosed) {
      note(isAnswered());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized void note(boolean isAnswered) {
    made++;
    if (isAnswered) {
      var now = System.nanoTime();
      longestNanos = Math.max(longestNanos, now - lastAnsweredNanos);
      lastAnsweredNanos = now;
    } else {
      failed++;
    }
  }

  private boolean isAnswered() {
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(target, PATIENCE_MILLIS);
      socket.getOutputStream().write(42);
      return socket.getInputStream().read() == 42;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
