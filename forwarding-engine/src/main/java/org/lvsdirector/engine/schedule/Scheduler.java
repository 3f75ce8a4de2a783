// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.Nullable;

/**
 * The rule by which one virtual service chooses a real server for each new connection. Has state
 * (cursors, tables, caches), but no clock, no socket and no thread; owned by the thread that owns
 * the service. The list of servers is the scheduler's own: a new server goes to its front, as in
 * the kernel.
 */
public interface Scheduler {

  /**
   * The server for a new connection.
   *
   * @param nowNanos monotonic time, for caches that forget
   * @return null when no server may take it
   */
  @Nullable Destination schedule(Flow flow, long nowNanos);

  /** A server joined. */
  void added(Destination destination);

  /** A server left; it is never returned again. */
  void removed(Destination destination);

  /** A server's weight or thresholds changed; counts of connections need no call. */
  void edited(Destination destination);
}
