// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.Map;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;

/**
 * The counters of an engine. They rise from the moment a service or server was added.
 *
 * @param services per service: what its servers did, and what they left out
 * @param servers per server
 */
public record EngineStats(
    Map<ServiceKey, Counters> services, Map<ServerKey, ServerCounters> servers) {

  /** Nothing counted yet. */
  public static final EngineStats NONE = new EngineStats(Map.of(), Map.of());

  public EngineStats {
    services = Map.copyOf(services);
    servers = Map.copyOf(servers);
  }

  /**
   * Traffic counters.
   *
   * @param connections connections scheduled
   * @param inPackets packets from clients; 0 where the engine sees no packets
   * @param outPackets packets to clients
   * @param inBytes bytes from clients
   * @param outBytes bytes to clients
   */
  public record Counters(
      long connections, long inPackets, long outPackets, long inBytes, long outBytes) {}

  /**
   * Counters of one server.
   *
   * @param active connections that are established, or being so
   * @param inactive connections that are closing, and all UDP flows
   * @param persistent clients that stick to this server
   * @param traffic what went through it
   */
  public record ServerCounters(int active, int inactive, int persistent, Counters traffic) {}
}
