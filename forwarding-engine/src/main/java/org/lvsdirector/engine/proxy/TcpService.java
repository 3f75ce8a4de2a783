// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.engine.schedule.Flow;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP service: each connection is given to a server and forwarded by a {@link TcpPipe}. */
final class TcpService implements ProxyService, Sockets.Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(TcpService.class);

  private final ByAddress key;
  private final Loops loops;
  private final Sockets sockets;
  private final Incidents incidents;
  private final ServerPool pool;
  private final Tally tally = new Tally();
  private final LogLimiter pauseLog = new LogLimiter();
  private final LogLimiter shortageLog = new LogLimiter();
  private Sockets.@Nullable Listener listener;

  TcpService(
      ByAddress key, ServiceSettings settings, Loops loops, Sockets sockets, Incidents incidents) {
    this.key = key;
    this.loops = loops;
    this.sockets = sockets;
    this.incidents = incidents;
    pool = new ServerPool(Protocol.TCP, key.virtual().port(), settings);
  }

  @Override
  public ByAddress key() {
    return key;
  }

  @Override
  public ServerPool pool() {
    return pool;
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public void listen() throws IOException {
    if (listener == null) {
      listener = sockets.listen(SocketAddresses.of(key.virtual()), loops, this);
    }
  }

  @Override
  public void unlisten() {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  /** The loops find the connections themselves. */
  @Override
  public void cutRemoved() {}

  @Override
  public void accepted(ProxyLoop loop, Wire client, IpAddress source, int sourcePort) {
    var flow = new Flow(source, sourcePort, key.virtual().address());
    var pipe = new TcpPipe(this, loop, client, flow);
    try {
      pipe.start();
    } catch (RuntimeException | Error e) {
      pipe.cut();
      LOG.warn("{}: a connection is cut", key, e);
    }
  }

  @Override
  public void paused(IOException cause) {
    incidents.acceptPauses.increment();
    if (pauseLog.isDue()) {
      LOG.warn("{}: accepting pauses: {}", key, cause.getMessage());
    }
  }

  /** A connection was given up because this machine had no socket or no memory for it. */
  void hasRunOut(Throwable cause) {
    if (shortageLog.isDue()) {
      LOG.warn("{}: connections are reset: {}", key, cause.getMessage());
    }
  }
}
