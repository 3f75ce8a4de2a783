// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * One listening socket in the epoll set of every loop, with EPOLLEXCLUSIVE: a new connection wakes
 * a loop that waits, as a rule only one, and that loop accepts it and keeps it. This spreads
 * connections like SO_REUSEPORT, but the port stays exclusive to this process, and a connection
 * never waits for a busy loop while another one is idle.
 */
/** A listening socket that all event loops share. */
final class EpollListener implements Sockets.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(EpollListener.class);

  /** EPOLLEXCLUSIVE of {@code <sys/epoll.h>}. */
  private static final int EXCLUSIVE = 1 << 28;

  private static final EpollIoOps CONNECTIONS =
      EpollIoOps.valueOf(EpollIoOps.EPOLLIN.value() | EXCLUSIVE);

  /** Accepted per event, before others have their turn. */
  private static final int MAX_ACCEPTS = 16;

  private static final int PAUSE_MILLIS = 100;

  /** ECONNABORTED of {@code <errno.h>}: a client that was gone before it was accepted. */
  private static final int ECONNABORTED = 103;

  private final Socket socket;
  private final Loops loops;
  private final Sockets.Acceptor acceptor;
  private final List<OnLoop> parts = new ArrayList<>();

  EpollListener(Socket socket, Loops loops, Sockets.Acceptor acceptor) {
    this.socket = socket;
    this.loops = loops;
    this.acceptor = acceptor;
    for (var loop : loops.all()) {
      parts.add(new OnLoop(loop));
    }
  }

  /** Listens on every loop, or on none. */
  void start() throws IOException {
    for (var part : parts) {
      var registering = part.loop.executor().submit(part::register).awaitUninterruptibly();
      if (!registering.isSuccess()) {
        close();
        throw new IOException("an event loop takes no more sockets", registering.cause());
      }
    }
  }

  @Override
  public void close() {
    for (var part : parts) {
      part.loop.await(part::end);
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("closing a listening socket", e);
    }
  }

  /** The share of one loop. */
  private final class OnLoop implements EpollIoHandle {
    private final ProxyLoop loop;

    /** Length, address, for IPv6 a scope, port: as {@link Socket#accept} writes it. */
    private final byte[] peer = new byte[26];

    private @Nullable IoRegistration registration;
    private boolean isOver;

    OnLoop(ProxyLoop loop) {
      this.loop = loop;
    }

    void register() {
      if (!isOver) {
        registration = loop.executor().register(this).syncUninterruptibly().getNow();
        registration.submit(CONNECTIONS);
      }
    }

    void end() {
      isOver = true;
      cancel();
    }

    @Override
    public FileDescriptor fd() {
      return socket;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
      try {
        for (var accepted = 0; accepted < MAX_ACCEPTS && !isOver; accepted++) {
          var fd = socket.accept(peer);
          if (fd < 0) {
            return;
          }
          settle(fd);
        }
      } catch (NativeIoException e) {
        if (e.expectedErr() != -ECONNABORTED) {
          pause(e);
        }
      } catch (IOException | RuntimeException | Error e) {
        pause(new IOException(e));
      }
    }

    /** The engine closes the socket, not the loop. */
    @Override
    public void close() {}

    private void settle(int fd) {
      var addressBytes = peer[0] == 8 ? 4 : 16;
      var source = IpAddress.ofBytes(Arrays.copyOfRange(peer, 1, 1 + addressBytes));
      var port = ByteBuffer.wrap(peer).getInt(1 + peer[0] - 4);
      var home = loops.homeFor(loop);
      var wire = new EpollWire(home, new Socket(fd), true);
      home.expectConnection();
      if (home == loop) {
        acceptor.accepted(home, wire, source, port);
        return;
      }
      try {
        home.executor().execute(() -> acceptor.accepted(home, wire, source, port));
      } catch (RejectedExecutionException _) {
        wire.bury();
        home.forgetConnection();
      }
    }

    /**
     * Stops listening on this loop for a while: the event would otherwise be repeated at once, and
     * the loop would spin.
     */
    private void pause(IOException cause) {
      acceptor.paused(cause);
      cancel();
      var _ = loop.executor().schedule(this::register, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void cancel() {
      if (registration != null) {
        registration.cancel();
        registration = null;
      }
    }
  }
}
