// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/** A wire on native epoll: registered once, edge-triggered, for everything. */
final class EpollWire extends Wire implements EpollIoHandle {
  private static final EpollIoOps ALL =
      EpollIoOps.EPOLLIN
          .with(EpollIoOps.EPOLLOUT)
          .with(EpollIoOps.EPOLLRDHUP)
          .with(EpollIoOps.EPOLLET);
  private static final int IN = EpollIoOps.EPOLLIN.value();
  private static final int OUT = EpollIoOps.EPOLLOUT.value();
  private static final int RDHUP = EpollIoOps.EPOLLRDHUP.value();

  /** EPOLLERR and EPOLLHUP of {@code <sys/epoll.h>}. */
  private static final int ERROR = EpollIoOps.EPOLLERR.value() | 0x10;

  private final Socket socket;
  private final boolean isConnectedAtOnce;
  private boolean hasFailed;
  private @Nullable IoRegistration registration;

  EpollWire(ProxyLoop loop, Socket socket, boolean isConnectedAtOnce) {
    super(loop);
    this.socket = socket;
    this.isConnectedAtOnce = isConnectedAtOnce;
  }

  @Override
  void register() throws IOException {
    var registering = loop().executor().register(this);
    if (!registering.isSuccess()) {
      throw new IOException("the event loop takes no more sockets", registering.cause());
    }
    registration = registering.getNow();
    try {
      registration.submit(ALL);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    var ops = ((EpollIoEvent) event).ops().value();
    hasFailed = (ops & ERROR) != 0;
    ready((ops & IN) != 0, (ops & OUT) != 0, (ops & RDHUP) != 0, hasFailed);
  }

  @Override
  boolean isConnectedAtOnce() {
    return isConnectedAtOnce;
  }

  @Override
  boolean isConnected() throws IOException {
    return !hasFailed || socket.finishConnect();
  }

  @Override
  int readSome(Scratch into, int most) throws IOException {
    return socket.recvAddress(into.address(), 0, most);
  }

  @Override
  int write(Scratch from, int length) throws IOException {
    return socket.sendAddress(from.address(), 0, length);
  }

  @Override
  void write(ByteBuf from) throws IOException {
    var bytes = from.internalNioBuffer(from.readerIndex(), from.readableBytes());
    from.skipBytes(socket.send(bytes, bytes.position(), bytes.limit()));
  }

  @Override
  void shutdownOutput() throws IOException {
    try {
      socket.shutdown(false, true);
    } catch (NotYetConnectedException e) {
      throw new IOException("the peer has gone", e);
    }
  }

  @Override
  void await(boolean toRead, boolean toWrite) {
    // Each edge is told once: there is nothing to hold off.
  }

  @Override
  void closeNow(boolean byReset) throws IOException {
    try (this) {
      if (byReset) {
        socket.setSoLinger(0);
      }
    }
  }

  /** Closes the socket first, which spares telling epoll. */
  @Override
  public void close() throws IOException {
    try {
      socket.close();
    } finally {
      if (registration != null) {
        registration.cancel();
      }
    }
  }
}
