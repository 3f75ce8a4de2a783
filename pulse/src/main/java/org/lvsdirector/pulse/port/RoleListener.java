// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.port;

import java.time.Instant;
import org.lvsdirector.pulse.failover.Notice;
import org.lvsdirector.pulse.failover.Transition;

/** Is told of every change of role, in order, on a thread that may block. */
@FunctionalInterface
public interface RoleListener {

  /**
   * This director changed its role.
   *
   * @param transition what changed and why
   * @param at when, for people to read
   */
  void roleChanged(Transition transition, Instant at);

  /** Something happened that an operator wants to be told; in order with the changes of role. */
  default void noticed(Notice notice) {}
}
