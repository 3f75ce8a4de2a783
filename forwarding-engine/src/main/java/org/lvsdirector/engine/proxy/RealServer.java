// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.schedule.Destination;
import org.lvsdirector.engine.table.Table.Server;

/**
 * A server of a service while it is in the table. Its counts are guarded by its {@link ServerPool}.
 */
final class RealServer {
  private final Endpoint endpoint;
  private final Endpoint reached;
  private final @Nullable InetSocketAddress address;
  private final Destination destination;
  private final Tally tally = new Tally();
  private Server settings;
  private int active;
  private int inactive;
  private int persistent;
  private volatile boolean isRemoved;

  /**
   * A server without connections.
   *
   * @param servicePort where its connections go if its own port is 0
   */
  RealServer(Server settings, int servicePort) {
    this.settings = settings;
    endpoint = settings.endpoint();
    var port = endpoint.port() == 0 ? servicePort : endpoint.port();
    reached = new Endpoint(endpoint.address(), port);
    address = endpoint.address().zone().isEmpty() ? SocketAddresses.of(reached) : null;
    destination =
        new Destination(
            endpoint, settings.weight(), settings.upperThreshold(), settings.lowerThreshold());
  }

  /** An interface may come and go, so that of a zone is looked up each time. */
  InetSocketAddress address() {
    return address == null ? SocketAddresses.ofServer(reached) : address;
  }

  Destination destination() {
    return destination;
  }

  Tally tally() {
    return tally;
  }

  /** Whether it left the table, so that its connections have to end. Any thread may ask. */
  boolean isRemoved() {
    return isRemoved;
  }

  void remove() {
    isRemoved = true;
  }

  void edit(Server settings) {
    this.settings = settings;
    setAside(false);
  }

  /** Hides this server from the scheduler for the next choice, or shows it again. */
  void setAside(boolean isAside) {
    destination.edit(
        isAside ? 0 : settings.weight(), settings.upperThreshold(), settings.lowerThreshold());
  }

  void addConnections(int active, int inactive) {
    this.active += active;
    this.inactive += inactive;
    destination.connections(this.active, this.inactive);
  }

  void addPersistent(int clients) {
    persistent += clients;
  }

  ServerCounters counters() {
    return new ServerCounters(active, inactive, persistent, tally.counters());
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
