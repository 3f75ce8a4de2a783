// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.NotifySocket;

/**
 * What started this process, when it wants to be told how it stands, as systemd does; sd_notify(3).
 * Without one every word is lost, and so is a word that cannot be sent. Any thread.
 */
public final class SystemdNotify implements AutoCloseable {
  private static final long NANOS_PER_MICRO = 1_000;

  private final @Nullable NotifySocket socket;
  private final Optional<Duration> watchdog;

  private SystemdNotify(@Nullable NotifySocket socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /** The one that the environment of this process names. */
  public static SystemdNotify ofThisProcess() {
    return of(System.getenv(), ProcessHandle.current().pid());
  }

  /**
   * The one that an environment names.
   *
   * @param pid whom WATCHDOG_PID must name for the watchdog to be meant
   */
  static SystemdNotify of(Map<String, String> environment, long pid) {
    var name = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (!name.startsWith("/") && !name.startsWith("@")) {
      return new SystemdNotify(null, Optional.empty());
    }
    try {
      return new SystemdNotify(
          NotifySocket.open(Libc.system(), name), watchdog(environment, Long.toString(pid)));
    } catch (IOException _) {
      return new SystemdNotify(null, Optional.empty());
    }
  }

  private static Optional<Duration> watchdog(Map<String, String> environment, String pid) {
    var micros = environment.getOrDefault("WATCHDOG_USEC", "");
    var isMeant = environment.getOrDefault("WATCHDOG_PID", pid).equals(pid);
    return isMeant && micros.matches("[1-9][0-9]{0,14}")
        ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * NANOS_PER_MICRO))
        : Optional.empty();
  }

  /** After how long without {@link #alive} it kills this process; empty for never. */
  Optional<Duration> watchdog() {
    return watchdog;
  }

  /** Says that the service is there, or there again after a reload. */
  public void ready() {
    send("READY=1");
  }

  /** Says that the configuration is being read again, until {@link #ready}. */
  public void reloading() {
    send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / NANOS_PER_MICRO);
  }

  /** Says that the service ends. */
  public void stopping() {
    send("STOPPING=1");
  }

  /** Says in a line how it stands. */
  void status(String line) {
    send("STATUS=" + PrintableText.printable(line.replace('\n', ' ')));
  }

  /** Keeps the watchdog quiet for another time. */
  void alive() {
    send("WATCHDOG=1");
  }

  private void send(String text) {
    if (socket == null) {
      return;
    }
    try {
      socket.send(text);
    } catch (IOException _) {
      // It is gone or busy, and there is nobody else to tell.
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
    }
  }
}
