// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.Comparator;
import java.util.List;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.EngineStats.ServerCounters;

/**
 * A table to be shown: what is in force with what was counted.
 *
 * @param version of the engine, such as {@code 1.2.1}
 * @param buckets of its connection table
 * @param services in ipvsadm's order: addresses before marks, then by address family, protocol,
 *     address and port
 */
public record ListedTable(String version, int buckets, List<ListedService> services) {
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

  private static final Comparator<ListedService> ORDER =
      Comparator.comparingLong(ListedService::mark)
          .thenComparing(service -> IpAddress.of(service.address()).family())
          .thenComparingInt(service -> PROTOCOLS.indexOf(service.protocol()))
          .thenComparing(service -> IpAddress.of(service.address()))
          .thenComparingInt(ListedService::port);

  private static final Comparator<ListedServer> SERVER_ORDER =
      Comparator.comparing((ListedServer server) -> IpAddress.of(server.address()))
          .thenComparingInt(ListedServer::port);

  public ListedTable {
    services = services.stream().sorted(ORDER).toList();
  }

  /**
   * A virtual service.
   *
   * @param mark the firewall mark; 0 for a service with protocol and address
   * @param protocol {@code TCP}, {@code UDP}, {@code SCTP}, another one's number, or {@code FWM}
   * @param address the virtual address; with a mark, all zero and of its packets' family
   * @param port 0 for every port
   * @param scheduler the scheduler's word
   * @param schedulerFlags words such as {@code sh-port}
   * @param persistentSeconds 0 without persistence
   * @param mask which clients count as one: a mask for IPv4, a prefix length for IPv6; empty when
   *     each counts alone
   * @param isOnePacket whether each UDP datagram is scheduled by itself
   * @param persistenceEngine the kernel's word; empty for none
   * @param counters what was counted
   * @param rates the same per second
   * @param servers by address family, address and port
   */
  public record ListedService(
      long mark,
      String protocol,
      String address,
      int port,
      String scheduler,
      List<String> schedulerFlags,
      long persistentSeconds,
      String mask,
      boolean isOnePacket,
      String persistenceEngine,
      Counters counters,
      Counters rates,
      List<ListedServer> servers) {
    public ListedService {
      schedulerFlags = List.copyOf(schedulerFlags);
      servers = servers.stream().sorted(SERVER_ORDER).toList();
    }
  }

  /**
   * A real server.
   *
   * @param address its address
   * @param port 0 for the request's port
   * @param method {@code Masq}, {@code Route}, {@code Tunnel}, {@code Local} or {@code Bypass}
   * @param tunnel the outer header, such as {@code gue:6080:+c}; empty without a tunnel
   * @param weight its share
   * @param upperThreshold 0 for no limit
   * @param lowerThreshold 0 for three quarters of the upper one
   * @param connections what is open, and what was counted
   * @param rates per second
   */
  public record ListedServer(
      String address,
      int port,
      String method,
      String tunnel,
      int weight,
      int upperThreshold,
      int lowerThreshold,
      ServerCounters connections,
      Counters rates) {}
}
