// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Health;

/**
 * One real server as its nanny sees it at one moment.
 *
 * @param verdict the verdict
 * @param verdictAgeNanos how long it has been so
 * @param last the last result; null before the first check
 * @param lastAgeNanos how long ago the last check ended; meaningless before the first check
 * @param counts all results since the server is watched
 */
public record Watched(
    Health.State verdict,
    long verdictAgeNanos,
    @Nullable CheckResult last,
    long lastAgeNanos,
    HealthGate.Counts counts) {

  static Watched of(HealthGate.State state, long nowNanos) {
    return new Watched(
        state.verdict(),
        nowNanos - state.sinceNanos(),
        state.last(),
        nowNanos - state.lastNanos(),
        state.counts());
  }
}
