// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;

/** A real server on loopback: a thread per connection does what the test says. */
final class Backend implements Closeable {
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  /** What a connection is for. */
  interface Talk {
    void with(Socket client) throws Exception;
  }

  private final ServerSocket listening;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private Backend(ServerSocket listening, Talk talk) {
    this.listening = listening;
    Thread.startVirtualThread(() -> accept(talk));
  }

  static Backend that(Talk talk) throws IOException {
    var listening = new ServerSocket();
    listening.bind(new InetSocketAddress("127.66.0." + (NEXT.getAndIncrement() % 250 + 1), 0), 128);
    return new Backend(listening, talk);
  }

  /** Sends its own name, then everything back, then ends when the client ends. */
  static Backend echo(String name) throws IOException {
    return that(
        client -> {
          client.getOutputStream().write(name.getBytes(StandardCharsets.UTF_8));
          client.getInputStream().transferTo(client.getOutputStream());
          client.close();
        });
  }

  Endpoint endpoint() {
    return new Endpoint(
        IpAddress.ofBytes(listening.getInetAddress().getAddress()), listening.getLocalPort());
  }

  int connections() {
    return clients.size();
  }

  List<Socket> clients() {
    return clients;
  }

  /** What conversations ended with, other than well. */
  List<Throwable> failures() {
    return failures;
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (var client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Talk talk) {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        clients.add(client);
        Thread.startVirtualThread(() -> talk(talk, client));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          failures.add(e);
        }
      }
    }
  }

  private void talk(Talk talk, Socket client) {
    try {
      talk.with(client);
    } catch (Exception e) {
      failures.add(e);
    }
  }
}
