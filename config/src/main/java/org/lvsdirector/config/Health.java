// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.Map;

/**
 * What the nannies know of every real server, as one immutable value.
 *
 * @param servers the state of each checked server; a server that is missing has no verdict yet
 */
public record Health(Map<ServerKey, State> servers) {

  /** No server has a verdict yet. */
  public static final Health UNKNOWN = new Health(Map.of());

  /** The verdict on one real server, after rise and fall. */
  public enum State {
    /** No check has decided yet. */
    UNKNOWN,
    /** Takes connections. */
    UP,
    /** Must not get a connection. */
    DOWN
  }

  public Health {
    servers = Map.copyOf(servers);
  }

  /** The verdict on a server. */
  public State of(ServerKey server) {
    return servers.getOrDefault(server, State.UNKNOWN);
  }
}
