// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.util.HashMap;
import java.util.Map;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.engine.table.Table;

/**
 * How long idle flows live, and which of them count when two tables are compared. Pure.
 *
 * <p>A flow that is about to expire on the standby is as good as missing there: its packets may
 * have renewed it on the active director. So the standby leaves out what has little time left, and
 * the active director what has a little more than that: a flow that is about to end on both is
 * missed by nobody.
 */
public final class Lifetimes {
  private static final int SCTP_SECONDS = 900;
  private static final int UNKNOWN_TEMPLATE_SECONDS = 300;
  private static final int LONGEST_HORIZON_SECONDS = 20;
  private static final int SLACK_SECONDS = 10;

  private final int tcpSeconds;
  private final int udpSeconds;
  private final Map<Endpoint, Integer> templates = new HashMap<>();

  /**
   * Lifetimes.
   *
   * @param tcpSeconds of an idle TCP connection
   * @param udpSeconds of an idle UDP flow
   * @param table whose services say how long clients stick to a server
   */
  public Lifetimes(int tcpSeconds, int udpSeconds, Table table) {
    this.tcpSeconds = tcpSeconds;
    this.udpSeconds = udpSeconds;
    for (var service : table.services().values()) {
      var persistence = service.settings().persistence();
      if (persistence != null) {
        var seconds = Math.toIntExact(Math.max(1, persistence.timeout().toSeconds()));
        templates.merge(Owners.virtual(service.key()), seconds, Math::max);
      }
    }
  }

  /** How long the flow lives without packets. */
  public int seconds(ConnectionEntry flow) {
    if (flow.isTemplate()) {
      return templates.getOrDefault(flow.virtual(), UNKNOWN_TEMPLATE_SECONDS);
    }
    return switch (flow.protocol()) {
      case 6 -> tcpSeconds;
      case 17 -> udpSeconds;
      default -> SCTP_SECONDS;
    };
  }

  /** Whether the standby counts it as there. */
  public boolean isThere(ConnectionEntry flow) {
    return flow.expiresSeconds() >= horizon(flow);
  }

  /** Whether the active director wants it there. */
  public boolean isWanted(ConnectionEntry flow) {
    var horizon = horizon(flow);
    return flow.expiresSeconds() >= horizon + Math.min(SLACK_SECONDS, horizon);
  }

  private int horizon(ConnectionEntry flow) {
    return Math.min(LONGEST_HORIZON_SECONDS, seconds(flow) / 4);
  }
}
