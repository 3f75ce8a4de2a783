// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.engine.ipvs.host.HostSetting;
import org.lvsdirector.engine.ipvs.host.HostSettings;

/**
 * What the kernel's settings mean for what it forwards.
 *
 * @param root {@code /}, or what stands for it
 * @param conf settings of this machine
 * @param config lvs.cf
 */
record HostFindings(Path root, DirectorConf conf, Config config) {
  private static final String CONNTRACK = "net.ipv4.vs.conntrack";

  /** The proxy engine needs few of them. */
  List<Finding> all() {
    var isProxy = conf.engine() == EngineChoice.PROXY;
    var host = new HostSettings(root.resolve("proc/sys"), root);
    var found = new ArrayList<Finding>();
    for (var setting : HostSetting.needed(config)) {
      if (!isProxy || !setting.isOfTable()) {
        found.add(finding(host, setting));
      }
    }
    if (!isProxy) {
      found.add(connectionTracking());
    }
    return found;
  }

  private Finding finding(HostSettings host, HostSetting setting) {
    var name = shortName(setting.name());
    var present = host.present(setting);
    if (present.isEmpty()) {
      return Finding.ok(name, "not there while ip_vs is not loaded");
    }
    if (host.isRight(setting)) {
      return Finding.ok(name, present.get());
    }
    var detail = "is " + present.get() + ": " + setting.otherwise();
    if (conf.ipvs().hostSettings() == DirectorConf.HostSettings.SET) {
      return Finding.ok(
          name, present.get() + ", set to " + setting.value() + " while a director runs");
    }
    var mend =
        "sysctl -w %s=%s, and write it to /etc/sysctl.d; or ipvs.host-settings = set"
            .formatted(setting.name(), setting.value());
    return setting.isVital() && conf.engine() == EngineChoice.IPVS
        ? Finding.fault(name, detail, mend)
        : Finding.warning(name, detail, mend);
  }

  private static String shortName(String name) {
    return name.startsWith("net.ipv4.") ? name.substring("net.ipv4.".length()) : name;
  }

  /** Either is right: who writes the firewall's rules knows. */
  private Finding connectionTracking() {
    var value = new MachineFiles(root).sysctl(CONNTRACK).orElse("0");
    return Finding.ok(
        shortName(CONNTRACK),
        value.equals("1")
            ? "1: connections are tracked, for firewall rules that look at ct state"
            : "0: connections through the table are not tracked, which is faster; firewall rules"
                + " with ct state, and masquerading of them, need 1");
  }
}
