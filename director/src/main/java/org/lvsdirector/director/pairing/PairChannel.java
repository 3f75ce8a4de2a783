// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.pairing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection on which nothing takes longer than until its deadline. One thread. */
final class PairChannel implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final long deadlineNanos;

  private PairChannel(SocketChannel channel, Selector selector, Duration patience) {
    this.channel = channel;
    this.selector = selector;
    deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  /** Over a connection that is there; closes it. */
  static PairChannel over(SocketChannel channel, Duration patience) throws IOException {
    try {
      channel.configureBlocking(false);
      var selector = Selector.open();
      channel.register(selector, 0);
      return new PairChannel(channel, selector, patience);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /** Connects. */
  static PairChannel to(InetSocketAddress address, Duration patience) throws IOException {
    var made = over(SocketChannel.open(), patience);
    try {
      if (!made.channel.connect(address)) {
        do {
          made.await(SelectionKey.OP_CONNECT);
        } while (!made.channel.finishConnect());
      }
      return made;
    } catch (IOException | RuntimeException failed) {
      made.close();
      throw failed;
    }
  }

  /**
   * So many bytes.
   *
   * @throws IOException when there are fewer, or not in time
   */
  byte[] read(int bytes) throws IOException {
    var in = ByteBuffer.allocate(bytes);
    while (in.hasRemaining()) {
      var count = channel.read(in);
      if (count < 0) {
        throw new EOFException("the connection has ended");
      }
      if (count == 0) {
        await(SelectionKey.OP_READ);
      }
    }
    return in.array();
  }

  /** Writes all of it. */
  void write(byte[]... parts) throws IOException {
    for (var part : parts) {
      var out = ByteBuffer.wrap(part);
      while (out.hasRemaining()) {
        if (channel.write(out) == 0) {
          await(SelectionKey.OP_WRITE);
        }
      }
    }
  }

  private void await(int operation) throws IOException {
    var leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (leftMillis <= 0) {
      throw new SocketTimeoutException("it takes too long");
    }
    channel.keyFor(selector).interestOps(operation);
    selector.select(leftMillis);
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      selector.close();
    }
  }
}
