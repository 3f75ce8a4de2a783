// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;

/** A TCP server on loopback that treats each connection as a test wants. */
final class RealServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What is done with an accepted connection, which stays open until the server is closed. */
  interface Manner {
    void serve(Socket connection) throws Exception;
  }

  private RealServer(ServerSocket socket, Manner manner) {
    this.socket = socket;
    Thread.ofVirtual().start(() -> accept(manner));
  }

  static RealServer start(Manner manner) throws IOException {
    return startAt(new InetSocketAddress(InetAddress.getByName("127.0.0.11"), 0), manner);
  }

  static RealServer startAt(InetSocketAddress address, Manner manner) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(address, 50);
    return new RealServer(socket, manner);
  }

  /** Answers every connection with these bytes after the first byte of a request. */
  static Manner answering(String text) {
    return connection -> {
      connection.getInputStream().read();
      connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    };
  }

  Endpoint endpoint() {
    return new Endpoint(IpAddress.of("127.0.0.11"), socket.getLocalPort());
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  int connections() {
    return connections.get();
  }

  private void accept(Manner manner) {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        open.add(connection);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(manner, connection));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void serve(Manner manner, Socket connection) {
    try {
      manner.serve(connection);
    } catch (Exception _) {
      // The check hung up.
    }
  }

  /** Closes every connection; new ones are still accepted. */
  void hangUp() throws IOException {
    for (var connection : open) {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    hangUp();
  }
}
