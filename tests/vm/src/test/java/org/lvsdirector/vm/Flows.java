// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.lvsdirector.lab.Host;

/**
 * Flows that are established once and then send a word at a steady pace to a service that echoes
 * it; each word must come back. One thread on the client's host drives them all.
 */
final class Flows implements AutoCloseable {
  private static final int WORD = 8;
  private static final long INTERVAL_NANOS = 100_000_000L;

  private final Selector selector;
  private final List<Flow> flows = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private volatile boolean isSending = true;
  private volatile boolean isClosed;

  private static final class Flow {
    private final ByteChannel channel;
    private long bytes;
    private boolean isBroken;

    private Flow(ByteChannel channel) {
      this.channel = channel;
    }
  }

  /**
   * How it stands.
   *
   * @param sent words sent
   * @param answered words that came back
   * @param broken flows that were reset or closed
   */
  record Count(long sent, long answered, long broken) {}

  private Flows(Selector selector) {
    this.selector = selector;
  }

  /** Connects so many TCP connections and begins to send. */
  static Flows tcp(Host client, InetSocketAddress target, int count) throws IOException {
    return start(client, count, () -> SocketChannel.open(target));
  }

  /** Begins so many UDP flows. */
  static Flows udp(Host client, InetSocketAddress target, int count) throws IOException {
    return start(client, count, () -> DatagramChannel.open().connect(target));
  }

  private interface Opener<C> {
    C open() throws IOException;
  }

  private static <C extends SelectableChannel & ByteChannel> Flows start(
      Host client, int count, Opener<C> opener) throws IOException {
    var flows = new Flows(Selector.open());
    client.call(
        () -> {
          for (var i = 0; i < count; i++) {
            var channel = opener.open();
            var flow = new Flow(channel);
            channel.configureBlocking(false);
            channel.register(flows.selector, SelectionKey.OP_READ, flow);
            flows.flows.add(flow);
          }
          return count;
        });
    client.thread("flows", flows::drive);
    return flows;
  }

  /** Goes on; may be asked by any thread. */
  Count count() {
    return new Count(sent.get(), answered.get(), broken.get());
  }

  /** Sends no more; what is on its way may still come back. */
  void pause() {
    isSending = false;
  }

  /** Sends again on the same flows. */
  void resume() {
    isSending = true;
  }

  private void drive() {
    var next = System.nanoTime();
    try {
      while (!isClosed) {
        var waitNanos = next - System.nanoTime();
        if (waitNanos <= 0) {
          next = System.nanoTime() + INTERVAL_NANOS;
          if (isSending) {
            flows.forEach(this::send);
          }
        }
        selector.select(
            key -> receive((Flow) key.attachment()), Math.max(1, waitNanos / 1_000_000));
      }
      selector.close();
    } catch (IOException e) {
      broken.addAndGet(flows.size());
    }
  }

  private void send(Flow flow) {
    try {
      if (!flow.isBroken && flow.channel.write(ByteBuffer.allocate(WORD)) == WORD) {
        sent.incrementAndGet();
      }
    } catch (IOException e) {
      end(flow);
    }
  }

  private void receive(Flow flow) {
    try {
      var length = flow.channel.read(buffer.clear());
      if (length < 0) {
        end(flow);
      } else {
        flow.bytes += length;
        answered.addAndGet(flow.bytes / WORD);
        flow.bytes %= WORD;
      }
    } catch (IOException e) {
      end(flow);
    }
  }

  private void end(Flow flow) {
    if (!flow.isBroken) {
      flow.isBroken = true;
      broken.incrementAndGet();
      close(flow);
    }
  }

  private static void close(Flow flow) {
    try {
      flow.channel.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    isClosed = true;
    selector.wakeup();
    flows.forEach(Flows::close);
  }
}
