// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey.ByAddress;

/** Which ports other sockets of this machine have. */
final class TakenPorts {
  private static final String IN_USE = "in use";

  private TakenPorts() {}

  /**
   * Whether another socket has the port of a service; false also when that cannot be told, since
   * the address is not on this machine.
   */
  static boolean isTaken(ByAddress key) {
    var address = SocketAddresses.of(key.virtual());
    try {
      bind(key, address);
      return false;
    } catch (BindException e) {
      return String.valueOf(e.getMessage()).contains(IN_USE);
    } catch (IOException _) {
      return false;
    }
  }

  /** Without listening, so that nobody is answered by it. */
  private static void bind(ByAddress key, InetSocketAddress address) throws IOException {
    if (key.protocol() == Protocol.UDP) {
      new DatagramSocket(address).close();
      return;
    }
    try (var socket = new Socket()) {
      // What other connections left behind there is no listener.
      socket.setReuseAddress(true);
      socket.bind(address);
    }
  }
}
