// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when flows are known to be missing on the standby. One that is new here is probably on its
 * way there: the kernel keeps what it sends for up to three seconds. For one thread at a time; no
 * clock, no effects.
 */
public final class MissingConnections {
  /** What is missing for so long should have come. */
  static final long GRACE_NANOS = 4_000_000_000L;

  /** More are not remembered; what is not remembered counts as overdue. */
  static final int MAX_REMEMBERED = 200_000;

  private Map<ConnectionEntry, Long> since = Map.of();
  private long session;

  /**
   * The flows that are overdue, and so to be sent. In the first comparison of a session that is
   * everything, since the standby has come just now.
   *
   * @param session a run of comparisons that belong together
   * @param missing what the standby lacks
   */
  public List<ConnectionEntry> overdue(long session, List<ConnectionEntry> missing, long nowNanos) {
    var isFirst = session != this.session;
    this.session = session;
    var fresh = new HashMap<ConnectionEntry, Long>();
    var overdue = new ArrayList<ConnectionEntry>();
    for (var flow : missing) {
      var began = isFirst ? nowNanos - GRACE_NANOS : since.getOrDefault(flow, nowNanos);
      var isRemembered = fresh.size() < MAX_REMEMBERED;
      if (isRemembered) {
        fresh.put(flow, began);
      }
      if (!isRemembered || nowNanos - began >= GRACE_NANOS) {
        overdue.add(flow);
      }
    }
    since = fresh;
    return overdue;
  }

  /** How long the oldest of them has been missing; 0 when none is. */
  public long oldestNanos(long nowNanos) {
    var oldest = nowNanos;
    for (var at : since.values()) {
      oldest = Math.min(oldest, at);
    }
    return nowNanos - oldest;
  }
}
