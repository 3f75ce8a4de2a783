// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.nio.file.Path;
import java.util.List;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelNeed.Sort;
import org.lvsdirector.engine.KernelState;

/**
 * What the kernel's settings mean for what it forwards.
 *
 * @param root {@code /}, or what stands for it
 * @param conf settings of this machine
 * @param kind the engine that would be opened
 * @param config lvs.cf
 */
record HostFindings(Path root, DirectorConf conf, EngineKind kind, Config config) {

  /** What the engine needs, but for what it sets itself. */
  List<Finding> all() {
    return kind.needs(config).stream()
        .filter(need -> need.sort() == Sort.SETTING && !need.isSetByEngine())
        .map(this::finding)
        .toList();
  }

  private Finding finding(KernelNeed setting) {
    var state = new KernelState(root.resolve("proc/sys"));
    var name = shortName(setting.name());
    var present = state.present(setting);
    if (present.isEmpty()) {
      return Finding.ok(name, "not there, or not before a module is loaded");
    }
    if (setting.value().isEmpty()) {
      return Finding.ok(name, present.get() + ": " + setting.otherwise());
    }
    if (state.isRight(setting)) {
      return Finding.ok(name, present.get());
    }
    if (kind.isSettingNeeds(conf)) {
      return Finding.ok(
          name, present.get() + ", set to " + setting.value() + " while a director runs");
    }
    var detail = "is " + present.get() + ": " + setting.otherwise();
    var mend =
        "sysctl -w %s=%s, and write it to /etc/sysctl.d".formatted(setting.name(), setting.value())
            + (kind.needsDirective().isEmpty() ? "" : "; or " + kind.needsDirective());
    return setting.isVital()
        ? Finding.fault(name, detail, mend)
        : Finding.warning(name, detail, mend);
  }

  private static String shortName(String name) {
    return name.startsWith("net.ipv4.") ? name.substring("net.ipv4.".length()) : name;
  }
}
