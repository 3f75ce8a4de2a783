// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A wire on the selector of the JDK, which tells readiness as long as it lasts. A peer that ends
 * its direction and later resets the connection is noticed only when something is written to it, or
 * by the closing timeout.
 */
final class NioWire extends Wire implements NioIoHandle {
  private final SocketChannel channel;
  private final boolean isConnectedAtOnce;
  private @Nullable IoRegistration registration;
  private int awaited;

  NioWire(ProxyLoop loop, SocketChannel channel, boolean isConnectedAtOnce) {
    super(loop);
    this.channel = channel;
    this.isConnectedAtOnce = isConnectedAtOnce;
  }

  @Override
  void register() throws IOException {
    var registering = loop().executor().register(this);
    if (!registering.isSuccess()) {
      throw new IOException("the event loop takes no more sockets", registering.cause());
    }
    registration = registering.getNow();
    if (channel.isConnectionPending()) {
      submit(SelectionKey.OP_CONNECT);
    }
  }

  @Override
  public SelectableChannel selectableChannel() {
    return channel;
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    var ops = ((NioIoEvent) event).ops().value();
    var isConnectable = (ops & SelectionKey.OP_CONNECT) != 0;
    var isWritable = isConnectable || (ops & SelectionKey.OP_WRITE) != 0;
    ready((ops & SelectionKey.OP_READ) != 0, isWritable, false, false);
  }

  @Override
  boolean isConnectedAtOnce() {
    return isConnectedAtOnce;
  }

  @Override
  boolean isConnected() throws IOException {
    return channel.finishConnect();
  }

  @Override
  int readSome(Scratch into, int most) throws IOException {
    return channel.read(into.range(0, most));
  }

  @Override
  int write(Scratch from, int length) throws IOException {
    return channel.write(from.range(0, length));
  }

  @Override
  void write(ByteBuf from) throws IOException {
    from.readBytes(channel, from.readableBytes());
  }

  @Override
  void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  void await(boolean toRead, boolean toWrite) {
    submit((toRead ? SelectionKey.OP_READ : 0) | (toWrite ? SelectionKey.OP_WRITE : 0));
  }

  @Override
  void closeNow(boolean byReset) throws IOException {
    try (this) {
      if (byReset) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (registration != null) {
      registration.cancel();
    }
    channel.close();
  }

  private void submit(int ops) {
    if (registration != null && ops != awaited && registration.isValid()) {
      awaited = ops;
      registration.submit(NioIoOps.valueOf(ops));
    }
  }
}
