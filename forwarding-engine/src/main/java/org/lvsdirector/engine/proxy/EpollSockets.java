// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.ChannelException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import org.lvsdirector.config.IpAddress;

/** Sockets on Netty's native epoll. */
final class EpollSockets implements Sockets {
  private static final int SCRATCH_BYTES = 128 * 1024;
  private static final int BACKLOG = 4096;

  /** IPPROTO_IP of {@code <netinet/in.h>}; its options hold for sockets of IPv6 as well. */
  private static final int IPPROTO_IP = 0;

  /** IP_FREEBIND of {@code <bits/in.h>}. */
  private static final int IP_FREEBIND = 15;

  /** SO_SNDBUFFORCE of {@code <asm-generic/socket.h>}, of level SOL_SOCKET. */
  private static final IntegerUnixChannelOption SEND_BUFFER =
      new IntegerUnixChannelOption("SO_SNDBUFFORCE", 1, 32);

  private volatile boolean isAhead;

  @Override
  public boolean bindAhead() {
    isAhead = true;
    return true;
  }

  @Override
  public IoHandlerFactory handlers() {
    return EpollIoHandler.newFactory(0, YieldingSelect::new);
  }

  @Override
  public Scratch newScratch() {
    return Scratch.of(SCRATCH_BYTES, true);
  }

  @Override
  public Wire connect(ProxyLoop loop, InetSocketAddress server) throws IOException {
    var socket = StreamSocket.open(server);
    try {
      socket.setTcpNoDelay(true);
      return new EpollWire(loop, socket, socket.connect(server));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Listener listen(InetSocketAddress address, Loops loops, Acceptor acceptor)
      throws IOException {
    var socket = StreamSocket.open(address);
    try {
      socket.setReuseAddress(true);
      // Accepted sockets inherit these.
      socket.setTcpNoDelay(true);
      if (isAhead) {
        socket.setIntOpt(IPPROTO_IP, IP_FREEBIND, 1);
      }
      socket.bind(address);
      socket.listen(BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    var listener = new EpollListener(socket, loops, acceptor);
    listener.start();
    return listener;
  }

  @Override
  public void enlarge(DatagramChannel channel) {
    try {
      channel.config().setOption(SEND_BUFFER, ANSWERS_BYTES);
    } catch (ChannelException _) {
      channel.config().setSendBufferSize(ANSWERS_BYTES);
    }
  }

  @Override
  public DatagramChannel datagramChannel(IpAddress.Family family) {
    var channel =
        new EpollDatagramChannel(
            family == IpAddress.Family.IPV4
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6);
    channel.config().setFreeBind(isAhead);
    return channel;
  }

  /** A socket of just the family that an address has. */
  private static final class StreamSocket extends Socket {
    private StreamSocket(int fd) {
      super(fd);
    }

    static Socket open(InetSocketAddress address) throws NoSocketException {
      try {
        return new StreamSocket(newSocketStream0(!(address.getAddress() instanceof Inet4Address)));
      } catch (ChannelException e) {
        throw new NoSocketException(e);
      }
    }
  }
}
