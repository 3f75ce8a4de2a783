// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.RunningConfig;

/**
 * What of both files is in force in a running director, and what waits for its restart. Pure.
 *
 * @param conf director.conf as it was at the start, but for the log level
 * @param config what of lvs.cf is in force; its digest is of that
 * @param waiting the settings of both files that are not, a line each for people
 */
record InForce(DirectorConf conf, Config config, List<String> waiting) {
  InForce {
    waiting = List.copyOf(waiting);
  }

  /** At the start all is. */
  static InForce atStart(DirectorConf conf, Config config) {
    return new InForce(conf, config, List.of());
  }

  /**
   * After a reload.
   *
   * @param fresh lvs.cf as it is now
   * @param freshConf director.conf as it is now; null when it cannot be read
   */
  InForce after(Config fresh, @Nullable DirectorConf freshConf) {
    var taken = RunningConfig.after(config, fresh);
    var left = new ArrayList<>(RunningConfig.waiting(taken, fresh));
    if (freshConf == null) {
      left.add("director.conf cannot be read, its settings stay; director doctor tells why");
      return new InForce(conf, taken, left);
    }
    var now = conf.with(freshConf.logLevel());
    var present = now.settings();
    freshConf
        .settings()
        .forEach(
            (name, value) -> {
              if (!value.equals(present.get(name))) {
                left.add(
                    "%s = %s of director.conf (%s is in force)"
                        .formatted(name, value, present.get(name)));
              }
            });
    return new InForce(now, taken, left);
  }

  /** With one thing more that waits; nothing when it is empty. */
  InForce waitingFor(String more) {
    if (more.isEmpty()) {
      return this;
    }
    var left = new ArrayList<>(waiting);
    left.add(more);
    return new InForce(conf, config, left);
  }
}
