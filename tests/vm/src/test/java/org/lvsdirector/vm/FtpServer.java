// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.lvsdirector.lab.Host;

/**
 * As much of an FTP server (RFC 959) as a passive download needs. Every file contains the server's
 * name. Data connections go to ports of a narrow range, at the address that the client talks to.
 */
final class FtpServer implements AutoCloseable {
  private static final int PASSIVE_PORTS = 10;

  private final Host host;
  private final ServerSocket control;
  private final int firstPassivePort;
  private final String name;
  private final AtomicInteger sessions = new AtomicInteger();

  private FtpServer(Host host, ServerSocket control, int firstPassivePort, String name) {
    this.host = host;
    this.control = control;
    this.firstPassivePort = firstPassivePort;
    this.name = name;
  }

  /** Starts one. */
  static FtpServer start(Host host, int port, int firstPassivePort, String name)
      throws IOException {
    var server =
        new FtpServer(host, host.call(() -> new ServerSocket(port)), firstPassivePort, name);
    Thread.ofPlatform().daemon().name(name + "/ftp").start(server::serve);
    return server;
  }

  private void serve() {
    try {
      while (!control.isClosed()) {
        var client = control.accept();
        host.thread("ftp-session", () -> converse(client));
      }
    } catch (IOException _) {
      // Closed: that is how it ends.
    }
  }

  private void converse(Socket client) {
    try (client;
        var passive = new ServerSocket()) {
      var lines =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      var out = client.getOutputStream();
      say(out, "220 " + name);
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var word = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        if (word.equals("RETR")) {
          say(out, "150 here it comes");
          try (var data = passive.accept()) {
            say(data.getOutputStream(), name);
          }
        }
        say(out, reply(word, client.getLocalAddress(), passive));
      }
    } catch (IOException _) {
      // The client is gone.
    }
  }

  private String reply(String word, InetAddress address, ServerSocket passive) throws IOException {
    return switch (word) {
      case "USER" -> "230 welcome";
      case "PWD" -> "257 \"/\"";
      case "PASV" -> {
        var port = firstPassivePort + sessions.getAndIncrement() % PASSIVE_PORTS;
        passive.setReuseAddress(true);
        passive.bind(new java.net.InetSocketAddress(address, port));
        var numbers =
            address.getHostAddress().replace('.', ',') + "," + port / 256 + "," + port % 256;
        yield "227 Entering Passive Mode (" + numbers + ")";
      }
      case "TYPE" -> "200 as you like";
      case "RETR" -> "226 done";
      case "QUIT" -> "221 goodbye";
      default -> "502 not known here";
    };
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    control.close();
  }
}
