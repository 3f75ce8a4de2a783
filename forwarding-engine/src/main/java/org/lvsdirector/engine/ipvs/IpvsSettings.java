// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.nio.file.Path;
import java.time.Duration;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;

/**
 * How the ipvs engine works on this machine.
 *
 * @param adoption whose services are in its hand
 * @param stateFile where it keeps which services it made, over a restart
 * @param tcpTimeout life of an idle TCP connection; zero leaves the kernel's as it is
 * @param tcpFinTimeout life of a TCP connection after FIN; zero leaves the kernel's as it is
 * @param udpTimeout life of an idle UDP flow; zero leaves the kernel's as it is
 */
public record IpvsSettings(
    Adoption adoption,
    Path stateFile,
    Duration tcpTimeout,
    Duration tcpFinTimeout,
    Duration udpTimeout) {

  /** Whose services of the kernel's table the engine reads, changes and deletes. */
  public enum Adoption {
    /**
     * Those that it made, and those that it is told to make and that are there already. Others, say
     * of another tool in the same network namespace, are left alone.
     */
    OWN,
    /** All of the network namespace. */
    ALL
  }

  /** The settings in both configuration files. */
  public static IpvsSettings of(DirectorConf conf, GlobalSettings global) {
    return new IpvsSettings(
        switch (conf.ipvs().adopt()) {
          case OWN -> Adoption.OWN;
          case ALL -> Adoption.ALL;
        },
        conf.stateDir().resolve("ipvs-services"),
        global.tcpTimeout(),
        global.tcpFinTimeout(),
        global.udpTimeout());
  }

  /** The same with the timeouts of another lvs.cf. */
  IpvsSettings with(GlobalSettings global) {
    return new IpvsSettings(
        adoption, stateFile, global.tcpTimeout(), global.tcpFinTimeout(), global.udpTimeout());
  }

  /** Settings that leave the kernel's timeouts as they are. */
  public IpvsSettings(Adoption adoption, Path stateFile) {
    this(adoption, stateFile, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /** The timeouts in whole seconds, at least 1 where there is one. */
  KernelTimeouts timeouts() {
    return new KernelTimeouts(seconds(tcpTimeout), seconds(tcpFinTimeout), seconds(udpTimeout));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
  }
}
