// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.time.Duration;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;

/**
 * How the proxy engine works on this machine.
 *
 * @param transport what waits for sockets
 * @param threads event loops; 0 for one per processor
 * @param connectTimeout how long a real server may take to accept a connection before the next one
 *     is tried
 * @param tcpIdleTimeout how long a connection may be silent both ways before it is cut
 * @param tcpClosingTimeout the same once one side has ended its direction
 * @param udpFlowTimeout how long a UDP flow is remembered after its last datagram
 * @param udpFlowLimit how many flows a UDP service remembers, a socket each; beyond it the longest
 *     idle one ends
 */
public record ProxySettings(
    Transport transport,
    int threads,
    Duration connectTimeout,
    Duration tcpIdleTimeout,
    Duration tcpClosingTimeout,
    Duration udpFlowTimeout,
    int udpFlowLimit) {

  /** The best transport, a loop per processor, and the timeouts of kernel IPVS. */
  public static final ProxySettings DEFAULT =
      new ProxySettings(
          Transport.BEST,
          0,
          Duration.ofSeconds(3),
          Duration.ofMinutes(15),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          4096);

  /** What waits for sockets. */
  public enum Transport {
    /** Epoll where this machine has it, NIO elsewhere. */
    BEST,
    /** Netty's native epoll. */
    EPOLL,
    /** The selector of the JDK. */
    NIO
  }

  public ProxySettings {
    if (threads < 0) {
      throw new IllegalArgumentException("threads below 0: " + threads);
    }
    if (udpFlowLimit < 1) {
      throw new IllegalArgumentException("udpFlowLimit below 1: " + udpFlowLimit);
    }
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("tcpIdleTimeout", tcpIdleTimeout);
    requirePositive("tcpClosingTimeout", tcpClosingTimeout);
    requirePositive("udpFlowTimeout", udpFlowTimeout);
  }

  /** The settings in both configuration files. */
  public static ProxySettings of(DirectorConf conf, GlobalSettings global) {
    return of(conf).with(global);
  }

  /** The settings of director.conf alone. */
  static ProxySettings of(DirectorConf conf) {
    return new ProxySettings(
        DEFAULT.transport,
        conf.proxy().threads(),
        conf.proxy().connectTimeout(),
        DEFAULT.tcpIdleTimeout,
        DEFAULT.tcpClosingTimeout,
        conf.proxy().udpFlowTimeout(),
        DEFAULT.udpFlowLimit);
  }

  /** These settings with the timeouts of lvs.cf, where it has some. */
  ProxySettings with(GlobalSettings global) {
    return new ProxySettings(
        transport,
        threads,
        connectTimeout,
        either(global.tcpTimeout(), tcpIdleTimeout),
        either(global.tcpFinTimeout(), tcpClosingTimeout),
        either(global.udpTimeout(), udpFlowTimeout),
        udpFlowLimit);
  }

  private static Duration either(Duration value, Duration whenZero) {
    return value.isZero() ? whenZero : value;
  }

  /** These settings with another transport. */
  public ProxySettings with(Transport other) {
    return new ProxySettings(
        other,
        threads,
        connectTimeout,
        tcpIdleTimeout,
        tcpClosingTimeout,
        udpFlowTimeout,
        udpFlowLimit);
  }

  /** These settings with another number of event loops. */
  public ProxySettings withThreads(int number) {
    return new ProxySettings(
        transport,
        number,
        connectTimeout,
        tcpIdleTimeout,
        tcpClosingTimeout,
        udpFlowTimeout,
        udpFlowLimit);
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be above 0: " + duration);
    }
  }
}
