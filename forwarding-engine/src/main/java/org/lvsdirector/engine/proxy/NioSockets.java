// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.lvsdirector.config.IpAddress;

/** Sockets on the selector of the JDK. */
final class NioSockets implements Sockets {
  private static final int SCRATCH_BYTES = 128 * 1024;
  private static final int BACKLOG = 4096;

  @Override
  public boolean bindAhead() {
    return false;
  }

  @Override
  public IoHandlerFactory handlers() {
    return NioIoHandler.newFactory();
  }

  @Override
  public Scratch newScratch() {
    return Scratch.of(SCRATCH_BYTES, false);
  }

  @Override
  public Wire connect(ProxyLoop loop, InetSocketAddress server) throws IOException {
    var channel = open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new NioWire(loop, channel, channel.connect(server));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Listener listen(InetSocketAddress address, Loops loops, Acceptor acceptor)
      throws IOException {
    var channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new NioListener(channel, loops, acceptor);
  }

  @Override
  public void enlarge(DatagramChannel channel) {
    channel.config().setSendBufferSize(ANSWERS_BYTES);
  }

  @Override
  public DatagramChannel datagramChannel(IpAddress.Family family) {
    return new NioDatagramChannel(
        family == IpAddress.Family.IPV4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
  }

  private static SocketChannel open() throws NoSocketException {
    try {
      return SocketChannel.open();
    } catch (IOException e) {
      throw new NoSocketException(e);
    }
  }
}
