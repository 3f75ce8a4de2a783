package org.lvsdirector.engine.ipvs.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when flows are known to be missing on the standby. A flow that is missing for the first
 * time is probably on its way there: the kernel keeps what it sends for up to three seconds. For
 * one thread at a time; no clock, no effects.
 */
final class MissingFlows {
  /** More are not remembered; what is not remembered counts as new. */
  static final int MAX_REMEMBERED = 200_000;

  private Map<Flow, Long> since = Map.of();
  private long session;

  /**
   * What to send to the standby: what it lacks for the second time, and in the first comparison of
   * a session everything, since it has returned just now.
   *
   * @param session a run of comparisons that belong together
   */
  List<Flow> toSend(long session, List<Flow> missing, long nowNanos) {
    var isFirst = session != this.session;
    this.session = session;
    var known = isFirst ? Map.<Flow, Long>of() : since;
    var fresh = new HashMap<Flow, Long>();
    var toSend = new ArrayList<Flow>();
    for (var flow : missing) {
      var before = known.get(flow);
      if (isFirst || before != null) {
        toSend.add(flow);
      }
      if (fresh.size() < MAX_REMEMBERED) {
        fresh.put(flow, before == null ? nowNanos : before);
      }
    }
    since = fresh;
    return toSend;
  }

  /** How long the oldest of them has been missing; 0 when none is. */
  long oldestNanos(long nowNanos) {
    var oldest = nowNanos;
    for (var at : since.values()) {
      oldest = Math.min(oldest, at);
    }
    return nowNanos - oldest;
  }
}
