// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import org.jspecify.annotations.Nullable;

/**
 * How connection sync stands.
 *
 * @param isSender whether this director is the one whose connections count
 * @param device the interface
 * @param id tells apart pairs that share a network
 * @param isMasterRunning whether the kernel sends
 * @param isBackupRunning whether the kernel takes
 * @param problem what is wrong; empty when nothing is
 * @param progress how far the standby is; null before the first comparison
 * @param sent connections that this director sent to its partner beside the kernel
 */
public record SyncStatus(
    boolean isSender,
    String device,
    int id,
    boolean isMasterRunning,
    boolean isBackupRunning,
    String problem,
    @Nullable Progress progress,
    long sent) {

  /**
   * How far the standby's table is.
   *
   * @param total connections of the active director that outlive a failover
   * @param missing those of them that the standby lacks
   * @param oldestMissingMillis since when the oldest of them is known to be missing; 0 for none
   * @param comparedMillis how long ago that was seen
   * @param isInSync whether a planned takeover would lose none to speak of
   */
  public record Progress(
      int total, int missing, long oldestMissingMillis, long comparedMillis, boolean isInSync) {}
}
