// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.HostSettings;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.Unserved;
import org.lvsdirector.linux.Libc;

/**
 * Kernel IPVS.
 *
 * @param sync starts its connection sync
 */
public record IpvsKind(IpvsEngine.SyncStarter sync) implements EngineKind {
  static final String WORD = "ipvs";

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public String about() {
    return "The kernel forwards (IPVS), and goes on while the daemon is away.";
  }

  @Override
  public Availability availability() {
    return IpvsProbe.availability(Libc.system());
  }

  @Override
  public ForwardingEngine open(DirectorConf conf, GlobalSettings global) {
    return IpvsEngine.open(IpvsSettings.of(conf, global), Libc.system(), sync);
  }

  @Override
  public List<Unserved> unserved(Config config) {
    return IpvsLimits.unserved(config);
  }

  @Override
  public List<KernelNeed> needs() {
    return IpvsNeeds.ALL;
  }

  @Override
  public Set<Capability> can() {
    return EnumSet.of(Capability.LISTING, Capability.CONNECTION_SYNC);
  }

  @Override
  public String needsDirective() {
    return "ipvs.host-settings = set";
  }

  @Override
  public boolean isSettingNeeds(DirectorConf conf) {
    return conf.ipvs().hostSettings() == HostSettings.SET;
  }
}
