// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import java.nio.file.Path;
import java.time.Duration;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.engine.ipvs.IpvsSettings;
import org.lvsdirector.engine.ipvs.IpvsSettings.Adoption;
import org.lvsdirector.engine.proxy.ProxySettings;

/**
 * Which engine to open, and how each works on this machine.
 *
 * @param choice the engine of director.conf
 * @param proxy for the proxy engine
 * @param ipvs for the ipvs engine
 */
public record EngineSettings(EngineChoice choice, ProxySettings proxy, IpvsSettings ipvs) {
  private static final Path STATE_FILE = Path.of("ipvs-services");

  /** What no file says. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(EngineChoice.AUTO, ProxySettings.DEFAULT);

  /** Settings whose ipvs engine keeps its state below /var/lib/lvs-director. */
  public EngineSettings(EngineChoice choice, ProxySettings proxy) {
    this(
        choice,
        proxy,
        new IpvsSettings(Adoption.OWN, Path.of("/var/lib/lvs-director").resolve(STATE_FILE)));
  }

  /** The settings in both configuration files. */
  public static EngineSettings of(DirectorConf conf, GlobalSettings global) {
    var defaults = ProxySettings.DEFAULT;
    return new EngineSettings(
        conf.engine(),
        new ProxySettings(
            defaults.transport(),
            conf.proxy().threads(),
            conf.proxy().connectTimeout(),
            either(global.tcpTimeout(), defaults.tcpIdleTimeout()),
            either(global.tcpFinTimeout(), defaults.tcpClosingTimeout()),
            either(global.udpTimeout(), conf.proxy().udpFlowTimeout()),
            defaults.udpFlowLimit()),
        new IpvsSettings(
            switch (conf.ipvs().adopt()) {
              case OWN -> Adoption.OWN;
              case ALL -> Adoption.ALL;
            },
            conf.stateDir().resolve(STATE_FILE),
            global.tcpTimeout(),
            global.tcpFinTimeout(),
            global.udpTimeout()));
  }

  private static Duration either(Duration value, Duration whenZero) {
    return value.isZero() ? whenZero : value;
  }
}
