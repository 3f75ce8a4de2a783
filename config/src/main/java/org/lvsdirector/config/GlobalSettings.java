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
 */
public record GlobalSettings(
    @Nullable VirtualAddress natRouter,
    Duration tcpTimeout,
    Duration tcpFinTimeout,
    Duration udpTimeout) {

  /** Nothing is said. */
  public static final GlobalSettings NONE =
      new GlobalSettings(null, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
