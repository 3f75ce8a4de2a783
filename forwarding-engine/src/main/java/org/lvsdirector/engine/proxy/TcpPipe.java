// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.engine.schedule.Flow;

/**
 * A forwarded TCP connection: finds a server that answers, then moves bytes both ways until both
 * sides have ended or one of them breaks. Lives on one event loop.
 */
final class TcpPipe {
  private enum Phase {
    CONNECTING,
    OPEN,
    OVER
  }

  private final TcpService service;
  private final ProxyLoop loop;
  private final Flow flow;
  private final Wire client;
  private final Chain.Place<TcpPipe> place;
  private List<RealServer> failed = List.of();
  private Phase phase = Phase.CONNECTING;
  private @Nullable Attempt attempt;
  private @Nullable HalfPipe up;
  private @Nullable HalfPipe down;
  private long connectUntilNanos;
  private int idleSweeps;

  /** A server that was chosen, and the way to it. */
  private record Attempt(ServerSlot lease, Wire wire, Chain.Place<TcpPipe> place) {}

  TcpPipe(TcpService service, ProxyLoop loop, Wire client, Flow flow) {
    this.service = service;
    this.loop = loop;
    this.client = client;
    this.flow = flow;
    place = loop.join(this);
  }

  /** Takes up the client's connection. */
  void start() {
    try {
      client.join(this);
    } catch (IOException e) {
      loop.incidents().localFailures.increment();
      end(true);
      return;
    }
    connect();
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** An event of one of the two wires. */
  void ready(Wire wire, boolean toWrite, boolean hasFailed) {
    switch (phase) {
      case CONNECTING -> readyWhileConnecting(wire, toWrite, hasFailed);
      case OPEN -> readyWhileOpen(wire, toWrite, hasFailed);
      case OVER -> {}
    }
  }

  /** A direction has ended, with everything written. */
  void ended(HalfPipe half) {
    if (half.isSourceBroken()) {
      end(true);
    } else if (up != null && up.isEnded() && down != null && down.isEnded()) {
      end(false);
    } else {
      loop.passEndLater(half);
    }
  }

  /** From now on the connection counts as inactive. */
  void closing() {
    if (attempt != null) {
      attempt.lease().closing();
    }
  }

  /** A wire takes no more bytes: what it has sent before is still delivered, then all is reset. */
  void broke(Wire wire) {
    wire.setBroken();
    wire.expectReadable();
    var rest = wire == client ? up : down;
    if (rest == null || rest.isEnded() || rest.isSinkBroken()) {
      end(true);
    } else if (!rest.isBlocked()) {
      loop.executor().execute(rest);
    }
  }

  /** This machine had no memory for bytes that a slow reader did not take. */
  void outOfMemory(OutOfMemoryError cause) {
    loop.incidents().localFailures.increment();
    service.hasRunOut(cause);
    end(true);
  }

  /** Ends the connection: politely, or by a reset both ways. Repeating it is harmless. */
  void end(boolean byReset) {
    if (phase == Phase.OVER) {
      return;
    }
    phase = Phase.OVER;
    client.close(byReset);
    endAttempt(byReset);
    loop.leave(place);
    if (up != null && down != null) {
      up.release();
      down.release();
    }
  }

  void cut() {
    end(true);
  }

  void cutIfRemoved() {
    if (attempt != null && attempt.lease().server().isRemoved()) {
      end(true);
    }
  }

  /** Counts the sweeps since the last event, and cuts what has been silent for too many. */
  void sweep(int idleLimit, int closingLimit) {
    idleSweeps++;
    var isClosing = up != null && down != null && (up.isEnded() || down.isEnded());
    if (idleSweeps > (isClosing ? Math.min(idleLimit, closingLimit) : idleLimit)) {
      end(true);
    }
  }

  void connectUntil(long nanos) {
    connectUntilNanos = nanos;
  }

  long connectUntil() {
    return connectUntilNanos;
  }

  /** The server did not answer in time. */
  void connectTimedOut() {
    loop.incidents().connectTimeouts.increment();
    tryNext();
  }

  private void readyWhileConnecting(Wire wire, boolean toWrite, boolean hasFailed) {
    if (wire == client) {
      if (hasFailed) {
        end(true);
      }
    } else if (toWrite || hasFailed) {
      try {
        if (wire.isConnected()) {
          open();
        }
      } catch (IOException _) {
        connectFailed();
      }
    }
  }

  private void readyWhileOpen(Wire wire, boolean toWrite, boolean hasFailed) {
    idleSweeps = 0;
    var from = wire == client ? up : down;
    var to = wire == client ? down : up;
    if (from == null || to == null) {
      return;
    }
    if (hasFailed && from.isEnded()) {
      end(true);
      return;
    }
    if (toWrite && to.isBlocked()) {
      to.pump();
    }
    from.pump();
    awaitEvents();
  }

  /** Asks one server after the other for the connection, each once. */
  private void connect() {
    while (phase == Phase.CONNECTING && attempt == null) {
      var nowNanos = System.nanoTime();
      var lease = service.pool().choose(flow, failed, nowNanos);
      if (lease == null) {
        loop.incidents().unserved.increment();
        end(true);
        return;
      }
      connect(lease, nowNanos);
    }
  }

  private void connect(ServerSlot lease, long nowNanos) {
    Wire wire;
    try {
      wire = loop.sockets().connect(loop, lease.server().address());
    } catch (NoSocketException e) {
      loop.incidents().localFailures.increment();
      service.hasRunOut(e);
      lease.end();
      end(true);
      return;
    } catch (IOException e) {
      loop.incidents().connectFailures.increment();
      lease.end();
      exclude(lease.server());
      return;
    }
    attempt = new Attempt(lease, wire, loop.startConnecting(this, nowNanos));
    joinServer(wire);
  }

  private void joinServer(Wire wire) {
    try {
      wire.join(this);
    } catch (IOException e) {
      loop.incidents().localFailures.increment();
      end(true);
      return;
    }
    if (wire.isConnectedAtOnce()) {
      open();
    }
  }

  private void connectFailed() {
    loop.incidents().connectFailures.increment();
    tryNext();
  }

  private void tryNext() {
    if (attempt != null) {
      exclude(attempt.lease().server());
    }
    endAttempt(true);
    connect();
  }

  private void exclude(RealServer server) {
    if (failed.isEmpty()) {
      failed = new ArrayList<>();
    }
    failed.add(server);
  }

  private void endAttempt(boolean byReset) {
    if (attempt != null) {
      loop.stopConnecting(attempt.place());
      attempt.lease().end();
      attempt.wire().close(byReset);
      attempt = null;
    }
  }

  private void open() {
    if (attempt == null) {
      return;
    }
    loop.stopConnecting(attempt.place());
    phase = Phase.OPEN;
    idleSweeps = 0;
    service.tally().connection();
    var server = attempt.wire();
    var ofServer = attempt.lease().server().tally();
    var ofService = service.tally();
    up = new HalfPipe(this, client, server, ofServer.inBytes(), ofService.inBytes());
    down = new HalfPipe(this, server, client, ofServer.outBytes(), ofService.outBytes());
    up.pump();
    down.pump();
    awaitEvents();
  }

  /** Tells both wires what the next step waits for. */
  void awaitEvents() {
    if (phase == Phase.OPEN && attempt != null && up != null && down != null) {
      client.await(up.isThirsty(), down.isBlocked());
      attempt.wire().await(down.isThirsty(), up.isBlocked());
    }
  }
}
