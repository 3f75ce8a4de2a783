// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Sends back what it gets, over UDP and TCP on one address and port of a host, in one thread. */
public final class Echo implements Closeable {
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);

  private Echo(Selector selector) {
    this.selector = selector;
  }

  /** Starts one. */
  public static Echo start(Host host, InetSocketAddress address) throws IOException {
    var echo = host.call(() -> bind(address));
    Thread.ofPlatform().daemon().name(host.namespace() + "/echo").start(echo::serve);
    return echo;
  }

  private static Echo bind(InetSocketAddress address) throws IOException {
    var selector = Selector.open();
    var datagrams = DatagramChannel.open().bind(address);
    datagrams.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    var connections = ServerSocketChannel.open();
    connections.bind(address, 4096);
    connections.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    return new Echo(selector);
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::handle);
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException _) {
      // Closed: that is how it ends.
    }
  }

  private void handle(SelectionKey key) {
    try {
      switch (key.channel()) {
        case ServerSocketChannel server -> {
          var connection = server.accept();
          if (connection != null) {
            connection.configureBlocking(false).register(selector, SelectionKey.OP_READ);
          }
        }
        case DatagramChannel datagrams -> answer(datagrams);
        case SocketChannel connection -> answer(connection);
        default -> throw new IllegalStateException("not mine: " + key.channel());
      }
    } catch (IOException broken) {
      if (key.channel() instanceof SocketChannel connection) {
        closeQuietly(connection);
      }
    }
  }

  private void answer(DatagramChannel datagrams) throws IOException {
    buffer.clear();
    var from = datagrams.receive(buffer);
    while (from != null) {
      datagrams.send(buffer.flip(), from);
      buffer.clear();
      from = datagrams.receive(buffer);
    }
  }

  /** Answers are short, so a socket buffer that is full is a broken client. */
  private void answer(SocketChannel connection) throws IOException {
    buffer.clear();
    if (connection.read(buffer) < 0) {
      throw new ClosedChannelException();
    }
    connection.write(buffer.flip());
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException _) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    var keys = java.util.List.copyOf(selector.keys());
    selector.close();
    keys.forEach(key -> closeQuietly(key.channel()));
  }
}
