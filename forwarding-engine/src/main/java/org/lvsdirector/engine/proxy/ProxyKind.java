// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.Unserved;

/** The proxy. */
public record ProxyKind() implements EngineKind {
  static final String WORD = "proxy";

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public String about() {
    return "The daemon itself takes connections and makes others to the real servers; works"
        + " everywhere, and ends with the daemon.";
  }

  @Override
  public Availability availability() {
    return new Availability.Usable();
  }

  @Override
  public ForwardingEngine open(DirectorConf conf, GlobalSettings global) {
    var engine = ProxyEngine.open(ProxySettings.of(conf));
    engine.timeouts(global);
    return engine;
  }

  @Override
  public List<Unserved> unserved(Config config) {
    return ProxyLimits.unserved(config);
  }

  @Override
  public List<KernelNeed> needs() {
    return List.of(KernelNeed.LOOSE_REVERSE_PATH);
  }

  @Override
  public Set<Capability> can() {
    return EnumSet.of(Capability.LISTENING);
  }
}
