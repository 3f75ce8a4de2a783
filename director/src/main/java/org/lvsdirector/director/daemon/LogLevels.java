// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import ch.qos.logback.classic.Level;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
public final class LogLevels {
  private LogLevels() {}

  public static void apply(DirectorConf.LogLevel level) {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.valueOf(level.name()));
    }
  }
}
