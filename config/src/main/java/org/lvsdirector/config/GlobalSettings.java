// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/**
 * What the top level of lvs.cf says besides the pair.
 *
 * @param natRouter the real servers' gateway, which the active director holds; null for none
 * @param tcpTimeout life of an idle TCP connection; zero for the engine's default
 * @param tcpFinTimeout life of a TCP connection after FIN; zero for the engine's default
 * @param udpTimeout life of an idle UDP flow; zero for the engine's default
 * @param isMonitoringLinks whether the carrier of the heartbeat interfaces is watched
 * @param connectionSync how connections reach the standby; null when they do not
 * @param commands what is run when the role changes
 */
public record GlobalSettings(
    @Nullable VirtualAddress natRouter,
    Duration tcpTimeout,
    Duration tcpFinTimeout,
    Duration udpTimeout,
    boolean isMonitoringLinks,
    @Nullable ConnectionSync connectionSync,
    Commands commands) {

  /** Nothing is said. */
  public static final GlobalSettings NONE =
      new GlobalSettings(null, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Settings without commands, synchronization and link monitoring. */
  public GlobalSettings(
      @Nullable VirtualAddress natRouter,
      Duration tcpTimeout,
      Duration tcpFinTimeout,
      Duration udpTimeout) {
    this(natRouter, tcpTimeout, tcpFinTimeout, udpTimeout, false, null, Commands.NONE);
  }
}
