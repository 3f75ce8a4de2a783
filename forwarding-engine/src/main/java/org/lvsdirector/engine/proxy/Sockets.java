// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.lvsdirector.config.IpAddress;

/** Makes the sockets of one transport. */
sealed interface Sockets permits EpollSockets, NioSockets {

  /**
   * The sockets of a transport.
   *
   * @throws IllegalArgumentException when this machine does not have the transport
   */
  static Sockets of(ProxySettings.Transport transport) {
    var isEpoll =
        switch (transport) {
          case BEST -> Epoll.isAvailable();
          case EPOLL -> true;
          case NIO -> false;
        };
    if (isEpoll && !Epoll.isAvailable()) {
      throw new IllegalArgumentException(
          "native epoll does not work here", Epoll.unavailabilityCause());
    }
    return isEpoll ? new EpollSockets() : new NioSockets();
  }

  /** Binds to addresses that are not there yet, from now on; says whether this transport can. */
  boolean bindAhead();

  /** What event loops of this transport run on. */
  IoHandlerFactory handlers();

  /** A buffer for the wires of one loop. */
  Scratch newScratch();

  /**
   * Begins to connect.
   *
   * @throws NoSocketException when this machine has no socket left
   * @throws IOException when the server cannot be reached
   */
  Wire connect(ProxyLoop loop, InetSocketAddress server) throws IOException;

  /**
   * Listens for TCP connections. No other socket can listen there at the same time: neither
   * transport sets {@code SO_REUSEPORT}, by which a second process of the same user could join in.
   */
  Listener listen(InetSocketAddress address, Loops loops, Acceptor acceptor) throws IOException;

  /** Bytes of answers that may wait on their way to clients. */
  int ANSWERS_BYTES = 64 << 20;

  /**
   * Gives a UDP socket room for answers to clients that cannot be found: the kernel keeps those for
   * a while, some 200 kB for each client address, and while the socket's buffer is full with them
   * nobody has an answer. The kernel grants all of it with CAP_NET_ADMIN only.
   */
  void enlarge(DatagramChannel channel);

  /** An unbound UDP socket. */
  DatagramChannel datagramChannel(IpAddress.Family family);

  /** A socket that listens. */
  interface Listener {
    /** Stops listening; returns when the port is free. */
    void close();
  }

  /** What happens to accepted connections. */
  interface Acceptor {
    /** Takes a connection over; called on the loop where it is to live. */
    void accepted(ProxyLoop loop, Wire client, IpAddress source, int sourcePort);

    /** Accepting fails and pauses. */
    void paused(IOException cause);
  }
}
