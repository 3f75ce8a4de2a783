// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

/** Hears how far the connection table is. Calls come from one thread at a time. */
@FunctionalInterface
public interface SyncListener {
  /**
   * It is so far now.
   *
   * @param position counts the comparisons
   * @param isInSync whether this director has the partner's connections
   */
  void synced(long position, boolean isInSync);
}
