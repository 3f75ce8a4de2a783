package org.lvsdirector.engine;

import java.time.Duration;
import org.lvsdirector.config.DirectorConf;
import org.lvsdirector.config.DirectorConf.EngineChoice;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.engine.proxy.ProxySettings;

/**
 * Which engine to open, and how each works on this machine.
 *
 * @param choice the engine of director.conf
 * @param proxy for the proxy engine
 */
public record EngineSettings(EngineChoice choice, ProxySettings proxy) {

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
            defaults.udpFlowLimit()));
  }

  private static Duration either(Duration value, Duration whenZero) {
    return value.isZero() ? whenZero : value;
  }
}
