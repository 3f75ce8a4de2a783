// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import org.lvsdirector.pulse.failover.Heartbeat;

/**
 * A heartbeat on its way, with what the simulator knows of it and the receiver does not.
 *
 * @param heartbeat what arrives
 * @param sentAt when it was sent
 * @param boot the how-manieth start of its sender
 * @param facts what decided between rivals when it was sent
 */
record Word(Heartbeat heartbeat, long sentAt, long boot, Facts facts) {

  /**
   * What decides between two that are active.
   *
   * @param isFit whether the sender can serve
   * @param isGranted whether it has the lease
   * @param isCutOff whether it reaches no ping target
   * @param isOffering whether it wants its partner to take over
   * @param term its term
   */
  record Facts(boolean isFit, boolean isGranted, boolean isCutOff, boolean isOffering, long term) {}
}
