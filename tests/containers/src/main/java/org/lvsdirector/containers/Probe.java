// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.containers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A client: connects, asks and reads the answer, again and again, until it is killed. Prints a line
 * for each try: when it began, in milliseconds of the wall clock, and {@code ok} or {@code fail}.
 */
public final class Probe {
  private static final int PATIENCE_MILLIS = 250;
  private static final long PAUSE_NANOS = 10_000_000L;
  private static final byte[] REQUEST =
      "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Probe() {}

  /** Asks an address and a port. */
  public static void main(String[] words) {
    var target = new InetSocketAddress(words[0], Integer.parseInt(words[1]));
    while (true) {
      var began = System.currentTimeMillis();
      System.out.println(began + (isAnswered(target) ? " ok" : " fail"));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean isAnswered(InetSocketAddress target) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(target, PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST);
      var answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
    } catch (IOException _) {
      return false;
    }
  }
}
