// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One active {@code virtual} block.
 *
 * @param identity what it is called and what packets belong to it
 * @param forwarding what becomes of them
 * @param monitoring how its servers are watched
 * @param servers the active real servers, in file order
 */
public record VirtualService(
    Identity identity, Forwarding forwarding, Monitoring monitoring, List<RealServer> servers) {
  public VirtualService {
    servers = List.copyOf(servers);
  }

  /**
   * What a service is called, and what packets belong to it.
   *
   * @param name the block's name
   * @param key what packets belong to it
   * @param address the virtual address that the active director holds
   * @param moreAddresses further addresses of a firewall mark that several blocks share
   */
  public record Identity(
      String name, ServiceKey key, VirtualAddress address, List<VirtualAddress> moreAddresses) {
    public Identity {
      moreAddresses = List.copyOf(moreAddresses);
    }

    /** With one address. */
    public Identity(String name, ServiceKey key, VirtualAddress address) {
      this(name, key, address, List.of());
    }
  }

  /**
   * What becomes of the packets of a service.
   *
   * @param scheduler how a server is chosen
   * @param schedulerFlags what the scheduler does beyond its plain rule
   * @param persistence how long and how coarsely a client sticks to a server; null for not at all
   * @param sorryServer where connections go when no server is up; null for nowhere
   * @param isQuiescing whether a failed server keeps its connections (weight 0) rather than leaving
   * @param isOnePacket whether each UDP datagram is scheduled by itself
   */
  public record Forwarding(
      SchedulerName scheduler,
      Set<SchedulerFlag> schedulerFlags,
      @Nullable Persistence persistence,
      @Nullable Endpoint sorryServer,
      boolean isQuiescing,
      boolean isOnePacket) {
    public Forwarding {
      schedulerFlags = Set.copyOf(schedulerFlags);
    }
  }

  /**
   * How the servers of a service are watched.
   *
   * @param check how they are checked
   * @param quorum how much weight must be up for the service to count as working
   * @param notifyCommand run when a server or the quorum changes; null for nothing
   */
  public record Monitoring(CheckSettings check, Quorum quorum, @Nullable String notifyCommand) {

    /** One server is enough, and nothing is run. */
    public Monitoring(CheckSettings check) {
      this(check, Quorum.ONE, null);
    }
  }

  /** The block's name. */
  public String name() {
    return identity.name();
  }

  /** What packets belong to it. */
  public ServiceKey key() {
    return identity.key();
  }

  /** The virtual address that the active director holds. */
  public VirtualAddress address() {
    return identity.address();
  }

  /** How the servers are checked. */
  public CheckSettings check() {
    return monitoring.check();
  }

  /** This service with these further addresses. */
  public VirtualService withMore(List<VirtualAddress> more) {
    var wider = new Identity(name(), key(), address(), more);
    return new VirtualService(wider, forwarding, monitoring, servers);
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
