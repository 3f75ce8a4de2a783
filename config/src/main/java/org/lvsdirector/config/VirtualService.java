// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One active {@code virtual} block.
 *
 * @param name the block's name
 * @param key what packets belong to it
 * @param address the virtual address that the active director holds
 * @param scheduler how a server is chosen
 * @param schedulerFlags what the scheduler does beyond its plain rule
 * @param persistence how long and how coarsely a client sticks to a server; null for not at all
 * @param sorryServer where connections go when no server is up; null for nowhere
 * @param isQuiescing whether a failed server keeps its connections (weight 0) rather than leaving
 * @param check how the servers are checked
 * @param servers the active real servers, in file order
 * @param moreAddresses further addresses of a firewall mark that several blocks share
 * @param isOnePacket whether each UDP datagram is scheduled by itself
 * @param quorum how much weight must be up for the service to count as working
 * @param notifyCommand run when a server or the quorum changes; null for nothing
 */
public record VirtualService(
    String name,
    ServiceKey key,
    VirtualAddress address,
    SchedulerName scheduler,
    Set<SchedulerFlag> schedulerFlags,
    @Nullable Persistence persistence,
    @Nullable Endpoint sorryServer,
    boolean isQuiescing,
    CheckSettings check,
    List<RealServer> servers,
    List<VirtualAddress> moreAddresses,
    boolean isOnePacket,
    Quorum quorum,
    @Nullable String notifyCommand) {
  public VirtualService {
    schedulerFlags = Set.copyOf(schedulerFlags);
    servers = List.copyOf(servers);
    moreAddresses = List.copyOf(moreAddresses);
  }

  /** A service with one address. */
  public VirtualService(
      String name,
      ServiceKey key,
      VirtualAddress address,
      SchedulerName scheduler,
      Set<SchedulerFlag> schedulerFlags,
      @Nullable Persistence persistence,
      @Nullable Endpoint sorryServer,
      boolean isQuiescing,
      CheckSettings check,
      List<RealServer> servers) {
    this(
        name,
        key,
        address,
        scheduler,
        schedulerFlags,
        persistence,
        sorryServer,
        isQuiescing,
        check,
        servers,
        List.of(),
        false,
        Quorum.ONE,
        null);
  }

  /** This service with these further addresses. */
  public VirtualService withMore(List<VirtualAddress> more) {
    return new VirtualService(
        name,
        key,
        address,
        scheduler,
        schedulerFlags,
        persistence,
        sorryServer,
        isQuiescing,
        check,
        servers,
        more,
        isOnePacket,
        quorum,
        notifyCommand);
  }

  /**
   * An address that moves between the directors.
   *
   * @param address the address
   * @param prefix the prefix length of its network
   * @param device the interface, without the label's number
   * @param label the alias as written, such as {@code eth0:1}
   */
  public record VirtualAddress(IpAddress address, int prefix, String device, String label) {}

  /**
   * Client affinity.
   *
   * @param timeout how long a client without new connections sticks to its server
   * @param prefix clients that agree in so many leading bits count as one
   */
  public record Persistence(Duration timeout, int prefix) {}

  /**
   * One active {@code server} block.
   *
   * @param name the block's name
   * @param endpoint its address and port
   * @param weight its share, 0 to 65535; 0 takes no new connections
   * @param method how packets reach it
   * @param upperThreshold connections from which on it gets no new one; 0 for no limit
   * @param lowerThreshold connections below which it gets new ones again; 0 for three quarters of
   *     the upper one
   * @param tunnel the outer header of {@link ForwardingMethod#TUNNELLING}; of no meaning otherwise
   */
  public record RealServer(
      String name,
      Endpoint endpoint,
      int weight,
      ForwardingMethod method,
      int upperThreshold,
      int lowerThreshold,
      Tunnel tunnel) {

    /** A server that is reached by IP in IP where it is reached by a tunnel. */
    public RealServer(
        String name,
        Endpoint endpoint,
        int weight,
        ForwardingMethod method,
        int upperThreshold,
        int lowerThreshold) {
      this(name, endpoint, weight, method, upperThreshold, lowerThreshold, Tunnel.IPIP);
    }
  }
}
