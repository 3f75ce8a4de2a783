// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.nio.file.Path;
import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ipvs.host.HostSetting;
import org.lvsdirector.engine.ipvs.host.HostSettings;

/**
 * The kernel settings that a running director needs, where director.conf leaves them to it: set
 * while this is open, and put back when it is closed.
 */
public final class KernelSettings implements AutoCloseable {
  private final HostSettings host;
  private final List<HostSetting> needed;
  private final boolean isKeeping;

  private KernelSettings(HostSettings host, List<HostSetting> needed, boolean isKeeping) {
    this.host = host;
    this.needed = needed;
    this.isKeeping = isKeeping;
  }

  /**
   * Sets them.
   *
   * @param engine what forwards packets; only the kernel's table needs them
   * @param isKeeping whether they stay for the next daemon
   */
  public static KernelSettings set(
      DirectorConf conf, Config config, ForwardingEngine engine, boolean isKeeping) {
    var isWanted =
        conf.ipvs().hostSettings() == DirectorConf.HostSettings.SET && engine.name().equals("ipvs");
    var needed = isWanted ? HostSetting.needed(config) : List.<HostSetting>of();
    var notes = conf.stateDir().resolve("host-settings");
    var settings =
        new KernelSettings(new HostSettings(Path.of("/proc/sys"), notes), needed, isKeeping);
    settings.host.set(needed);
    return settings;
  }

  @Override
  public void close() {
    if (!isKeeping) {
      host.restore(needed);
    }
  }
}
