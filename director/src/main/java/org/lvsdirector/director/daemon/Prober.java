// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey;

/**
 * Connects to virtual addresses again and again, as a client would, and notes how that goes.
 *
 * <p>While this director itself takes an address, its own connections reach it before it is
 * announced to anyone and before the engine listens: one that is refused then is no client's, and
 * is not noted. The time until the next good one counts all the same.
 */
final class Prober implements AutoCloseable {
  private static final int MOST_TARGETS = 8;
  private static final int CONNECT_MILLIS = 1_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final List<Endpoint> targets;
  private final BooleanSupplier isTaking;
  private final ConcurrentLinkedQueue<Probe> probes = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isClosed;

  /**
   * One try.
   *
   * @param beganNanos when, by {@link System#nanoTime}
   * @param endedNanos when it was decided
   */
  record Probe(Endpoint target, long beganNanos, long endedNanos, boolean isGood) {}

  /**
   * Begins with {@link #start}.
   *
   * @param isTaking whether this director takes the addresses right now
   */
  Prober(List<Endpoint> targets, BooleanSupplier isTaking) {
    this.targets = List.copyOf(targets);
    this.isTaking = isTaking;
  }

  /** The TCP services that can be probed. */
  static List<Endpoint> targets(Config config) {
    var targets = new ArrayList<Endpoint>();
    for (var service : config.services()) {
      if (service.key() instanceof ServiceKey.ByAddress(var protocol, var endpoint)
          && protocol == Protocol.TCP
          && endpoint.port() != 0
          && targets.size() < MOST_TARGETS) {
        targets.add(endpoint);
      }
    }
    return targets;
  }

  void start() {
    for (var target : targets) {
      threads.add(Thread.ofVirtual().name("drill " + target).start(() -> probe(target)));
    }
  }

  /** The tries that were decided so far, in the order in which they were. */
  List<Probe> probes() {
    return List.copyOf(probes);
  }

  @Override
  public void close() {
    isClosed = true;
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void probe(Endpoint target) {
    while (!isClosed) {
      var began = System.nanoTime();
      var wasTaking = isTaking.getAsBoolean();
      var isGood = connects(target);
      var ended = System.nanoTime();
      if (isGood || !wasTaking && !isTaking.getAsBoolean()) {
        probes.add(new Probe(target, began, ended, isGood));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** A reset instead of the orderly end keeps ports from waiting by the thousand. */
  private static boolean connects(Endpoint target) {
    try (var socket = new Socket()) {
      socket.setSoLinger(true, 0);
      var address = InetAddress.getByAddress(target.address().bytes());
      socket.connect(new InetSocketAddress(address, target.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
