// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import org.lvsdirector.config.Role;

/**
 * What this node is, and which claim makes it so.
 *
 * @param role what this node is
 * @param sinceNanos since when
 * @param cause why
 * @param term the term of this node's last claim or, while it holds nothing, the highest it knows
 * @param seenTerm the highest term heard or used
 */
public record Standing(Role role, long sinceNanos, Cause cause, long term, long seenTerm) {

  static final Standing NONE = new Standing(Role.STARTING, 0, Cause.STARTED, 0, 0);

  Standing started(long nowNanos, long storedTerm) {
    var known = Math.max(term, storedTerm);
    return new Standing(role, nowNanos, cause, known, known);
  }

  Standing become(Role to, long nowNanos, Cause why) {
    return new Standing(to, nowNanos, why, term, seenTerm);
  }

  Standing term(long next) {
    return new Standing(role, sinceNanos, cause, next, seenTerm);
  }

  Standing seen(long other) {
    return new Standing(role, sinceNanos, cause, term, Math.max(seenTerm, other));
  }
}
