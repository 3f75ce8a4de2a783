// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket on one event loop, which hands part of the connections to the others. */
final class NioListener implements Sockets.Listener, NioIoHandle {
  private static final Logger LOG = LoggerFactory.getLogger(NioListener.class);
  private static final int MAX_ACCEPTS = 16;
  private static final int PAUSE_MILLIS = 100;

  private final ServerSocketChannel channel;
  private final Loops loops;
  private final Sockets.Acceptor acceptor;
  private final ProxyLoop loop;
  private @Nullable IoRegistration registration;

  NioListener(ServerSocketChannel channel, Loops loops, Sockets.Acceptor acceptor) {
    this.channel = channel;
    this.loops = loops;
    this.acceptor = acceptor;
    loop = loops.next();
    loop.executor().submit(this::register).syncUninterruptibly();
  }

  @Override
  public SelectableChannel selectableChannel() {
    return channel;
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    try {
      for (var accepted = 0; accepted < MAX_ACCEPTS; accepted++) {
        var client = channel.accept();
        if (client == null) {
          return;
        }
        settle(client);
      }
    } catch (IOException e) {
      pause(e);
    } catch (RuntimeException | Error e) {
      pause(new IOException(e));
    }
  }

  /**
   * Frees the port: a channel that a selector knows is really closed by the selector's next round,
   * and a scheduled task runs after that.
   */
  @Override
  public void close() {
    loop.await(this::closeNow);
    loop.await(() -> {}, 1);
  }

  private void register() {
    registration = loop.executor().register(this).syncUninterruptibly().getNow();
    registration.submit(NioIoOps.ACCEPT);
  }

  private void closeNow() {
    try {
      if (registration != null) {
        registration.cancel();
      }
      channel.close();
    } catch (IOException e) {
      LOG.warn("closing a listening socket", e);
    }
  }

  private void settle(SocketChannel client) throws IOException {
    var home = loops.homeFor(loop);
    var wire = new NioWire(home, client, true);
    home.expectConnection();
    try {
      client.configureBlocking(false);
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var peer = (InetSocketAddress) client.getRemoteAddress();
      var source = SocketAddresses.addressOf(peer);
      home.executor().execute(() -> acceptor.accepted(home, wire, source, peer.getPort()));
    } catch (IOException | RejectedExecutionException e) {
      LOG.debug("a client is gone: {}", e.toString());
      client.close();
      home.forgetConnection();
    }
  }

  private void pause(IOException cause) {
    acceptor.paused(cause);
    await(NioIoOps.NONE);
    var _ =
        loop.executor().schedule(() -> await(NioIoOps.ACCEPT), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void await(NioIoOps ops) {
    if (registration != null && registration.isValid()) {
      registration.submit(ops);
    }
  }
}
