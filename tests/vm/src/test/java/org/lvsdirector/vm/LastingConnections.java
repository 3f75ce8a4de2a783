// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.lvsdirector.lab.Host;

/**
 * TCP connections of the client that are made once and must last: idle ones, which echo a byte when
 * asked, and downloads, which never end. The servers for them run on the web hosts.
 */
final class LastingConnections implements AutoCloseable {
  static final int ECHO_PORT = 7;
  static final int DOWNLOAD_PORT = 9;

  private static final int PATIENCE_MILLIS = 120_000;
  private static final long BLOCK_NANOS = 20_000_000L;

  private final Host client;
  private final List<ServerSocket> servers = new ArrayList<>();
  private final List<Socket> echoes = new ArrayList<>();
  private final List<Download> downloads = new ArrayList<>();

  LastingConnections(Host client) {
    this.client = client;
  }

  /** A download: numbers that count up. */
  private static final class Download {
    private final Socket socket;
    private final AtomicLong received = new AtomicLong();
    private final AtomicBoolean isBroken = new AtomicBoolean();

    private Download(Socket socket) {
      this.socket = socket;
    }

    private void read() {
      try {
        var in = new DataInputStream(socket.getInputStream());
        while (in.readLong() == received.get()) {
          received.incrementAndGet();
        }
      } catch (IOException _) {
        // The end of it, like a number out of turn.
      }
      isBroken.set(true);
    }
  }

  private interface Service {
    void serve(Socket socket) throws IOException;
  }

  /** Starts both servers on a host. */
  void serve(Host web) throws IOException {
    listen(web, ECHO_PORT, LastingConnections::echo);
    listen(web, DOWNLOAD_PORT, LastingConnections::count);
  }

  private void listen(Host web, int port, Service service) throws IOException {
    var listener = web.call(() -> new ServerSocket(port, 256));
    servers.add(listener);
    Thread.ofPlatform().daemon().name("listen-" + port).start(() -> accept(listener, service));
  }

  private static void accept(ServerSocket listener, Service service) {
    try {
      while (true) {
        var socket = listener.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (socket) {
                    service.serve(socket);
                  } catch (IOException _) {
                    // The other end has gone.
                  }
                });
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private static void echo(Socket socket) throws IOException {
    socket.getInputStream().transferTo(socket.getOutputStream());
  }

  private static void count(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    var block = ByteBuffer.allocate(1024);
    for (var number = 0L; ; ) {
      block.clear();
      while (block.hasRemaining()) {
        block.putLong(number++);
      }
      out.write(block.array());
      LockSupport.parkNanos(BLOCK_NANOS);
    }
  }

  /** Makes so many idle connections and one download to a virtual address. */
  void connect(String address, int count) throws IOException {
    for (var i = 0; i < count; i++) {
      echoes.add(open(address, ECHO_PORT));
    }
    var download = new Download(open(address, DOWNLOAD_PORT));
    downloads.add(download);
    Thread.ofPlatform().daemon().name("download").start(download::read);
  }

  private Socket open(String address, int port) throws IOException {
    var target = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    return client.call(
        () -> {
          var socket = new Socket();
          socket.connect(target, PATIENCE_MILLIS);
          socket.setSoTimeout(PATIENCE_MILLIS);
          socket.setTcpNoDelay(true);
          return socket;
        });
  }

  int count() {
    return echoes.size() + downloads.size();
  }

  /** Uses every connection once, and says how many do not work any more. */
  int lost() {
    var written = new ArrayList<Socket>();
    for (var socket : echoes) {
      try {
        socket.getOutputStream().write(42);
        written.add(socket);
      } catch (IOException _) {
        // It does not count as written.
      }
    }
    var answered = written.stream().filter(LastingConnections::isAnswered).count();
    var going = downloads.stream().filter(LastingConnections::isGoingOn).count();
    return (int) (echoes.size() - answered + downloads.size() - going);
  }

  private static boolean isAnswered(Socket socket) {
    try {
      return socket.getInputStream().read() == 42;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isGoingOn(Download download) {
    var before = download.received.get();
    var until = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    while (download.received.get() < before + 10_000 && System.nanoTime() < until) {
      if (download.isBroken.get()) {
        return false;
      }
      LockSupport.parkNanos(BLOCK_NANOS);
    }
    return !download.isBroken.get() && download.received.get() >= before + 10_000;
  }

  @Override
  public void close() throws IOException {
    for (var listener : servers) {
      listener.close();
    }
    for (var socket : echoes) {
      socket.close();
    }
    for (var download : downloads) {
      download.socket.close();
    }
  }
}
