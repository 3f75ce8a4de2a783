// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens a connection at a steady pace, each for one byte there and back, and keeps one connection
 * that does the same again and again.
 */
public final class TcpProber implements Closeable {
  private static final long PATIENCE_NANOS = 3_000_000_000L;
  private static final long SLOW_NANOS = 250_000_000L;

  private final Selector selector;
  private final InetSocketAddress target;
  private final long intervalNanos;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Long> breaks = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);
  private Attempt kept;

  /**
   * What new and kept connections noticed.
   *
   * @param attempts connections tried
   * @param failed those that were refused, reset or not answered within 3 s
   * @param slow those that took longer than 250 ms
   * @param keptBroken how often the kept connection broke
   */
  public record Result(int attempts, int failed, int slow, int keptBroken) {}

  private static final class Attempt {
    private final long startNanos;
    private final boolean isKept;
    private long sentNanos;
    private long endNanos;
    private boolean isFailed;
    private String reason = "";

    private Attempt(boolean isKept) {
      startNanos = System.nanoTime();
      sentNanos = startNanos;
      this.isKept = isKept;
    }

    private boolean isOverdue() {
      return System.nanoTime() - sentNanos > PATIENCE_NANOS;
    }
  }

  private TcpProber(Selector selector, InetSocketAddress target, long intervalNanos) {
    this.selector = selector;
    this.target = target;
    this.intervalNanos = intervalNanos;
    kept = new Attempt(true);
    kept.endNanos = kept.startNanos;
  }

  /** Starts one on a host, with so many new connections a second. */
  public static TcpProber start(Host host, InetSocketAddress target, int perSecond)
      throws IOException {
    var prober = new TcpProber(Selector.open(), target, 1_000_000_000L / perSecond);
    host.thread("connections", prober::probe);
    return prober;
  }

  private void probe() {
    var next = System.nanoTime();
    try {
      while (selector.isOpen()) {
        var now = System.nanoTime();
        if (now - next >= 0) {
          next = now + intervalNanos;
          beginRound();
        }
        selector.select(this::handle, Math.max(1, (next - System.nanoTime()) / 1_000_000));
      }
    } catch (IOException | ClosedSelectorException _) {
      // Closed: that is how it ends.
    }
  }

  private synchronized void beginRound() {
    begin(new Attempt(false));
    if (kept.endNanos != 0) {
      kept = new Attempt(true);
      begin(kept);
    }
    for (var key : List.copyOf(selector.keys())) {
      if (key.isValid() && ((Attempt) key.attachment()).isOverdue()) {
        end(key, true);
      }
    }
  }

  private void begin(Attempt attempt) {
    if (!attempt.isKept) {
      attempts.add(attempt);
    }
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      var key = channel.register(selector, SelectionKey.OP_CONNECT, attempt);
      if (channel.connect(target)) {
        connected(key);
      }
    } catch (IOException refused) {
      fail(attempt);
      close(channel);
    }
  }

  private synchronized void handle(SelectionKey key) {
    try {
      var channel = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        if (channel.finishConnect()) {
          connected(key);
        }
      } else if (key.isReadable()) {
        read(key, channel);
      }
    } catch (IOException broken) {
      ((Attempt) key.attachment()).reason = String.valueOf(broken.getMessage());
      end(key, true);
    }
  }

  private void connected(SelectionKey key) throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    ((SocketChannel) key.channel()).write(buffer.clear().limit(1));
  }

  private void read(SelectionKey key, SocketChannel channel) throws IOException {
    var attempt = (Attempt) key.attachment();
    if (channel.read(buffer.clear()) < 0) {
      end(key, true);
    } else if (attempt.isKept) {
      attempt.sentNanos = System.nanoTime();
      channel.write(buffer.clear().limit(1));
    } else {
      end(key, false);
    }
  }

  private void end(SelectionKey key, boolean isFailed) {
    var attempt = (Attempt) key.attachment();
    if (isFailed) {
      fail(attempt);
    } else {
      attempt.endNanos = System.nanoTime();
    }
    key.cancel();
    close((SocketChannel) key.channel());
  }

  private void fail(Attempt attempt) {
    attempt.endNanos = System.nanoTime();
    attempt.isFailed = true;
    if (attempt.isKept) {
      breaks.add(attempt.endNanos);
    }
  }

  private static void close(@org.jspecify.annotations.Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  /** Whether a connection begun since then was answered. */
  public synchronized boolean isAnsweredSince(long nanos) {
    return attempts.stream()
        .anyMatch(one -> one.startNanos - nanos >= 0 && one.endNanos != 0 && !one.isFailed);
  }

  /** What was noticed by the connections begun in a time. */
  public synchronized Result result(long fromNanos, long untilNanos) {
    var inTime =
        attempts.stream()
            .filter(one -> one.startNanos - fromNanos >= 0 && one.startNanos - untilNanos < 0)
            .toList();
    var failed = inTime.stream().filter(one -> one.isFailed).count();
    var slow =
        inTime.stream()
            .filter(one -> !one.isFailed && one.endNanos - one.startNanos > SLOW_NANOS)
            .count();
    var broken = breaks.stream().filter(at -> at - fromNanos >= 0 && at - untilNanos < 0).count();
    return new Result(inTime.size(), (int) failed, (int) slow, (int) broken);
  }

  /** When those of a time that failed began and ended, in milliseconds of that time, and why. */
  public synchronized List<String> failures(long fromNanos, long untilNanos) {
    return attempts.stream()
        .filter(one -> one.isFailed)
        .filter(one -> one.startNanos - fromNanos >= 0 && one.startNanos - untilNanos < 0)
        .map(
            one ->
                "%d to %d ms: %s"
                    .formatted(
                        (one.startNanos - fromNanos) / 1_000_000,
                        (one.endNanos - fromNanos) / 1_000_000,
                        one.reason.isEmpty() ? "closed, or no answer" : one.reason))
        .toList();
  }

  /** How many of the connections that were begun since then and under way at a moment failed. */
  public synchronized int failedAcross(long fromNanos, long nanos) {
    return (int)
        attempts.stream()
            .filter(one -> one.isFailed && one.startNanos - fromNanos >= 0)
            .filter(one -> one.startNanos - nanos < 0 && one.endNanos - nanos >= 0)
            .count();
  }

  @Override
  public void close() throws IOException {
    var keys = List.copyOf(selector.keys());
    selector.close();
    keys.forEach(key -> close((SocketChannel) key.channel()));
  }
}
