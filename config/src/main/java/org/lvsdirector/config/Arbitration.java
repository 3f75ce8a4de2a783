// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What settles doubt between two directors that cannot hear each other.
 *
 * @param pingTargets addresses that a director reaches unless it is itself cut off
 * @param witness a third machine that both ask; null for none
 * @param failback what happens when the primary returns
 */
public record Arbitration(
    List<IpAddress> pingTargets, @Nullable Endpoint witness, Failback failback) {
  /** Nothing is asked, nothing returns by itself. */
  public static final Arbitration NONE = new Arbitration(List.of(), null, Failback.NONE);

  public Arbitration {
    pingTargets = List.copyOf(pingTargets);
  }
}
