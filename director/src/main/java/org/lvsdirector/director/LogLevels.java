package org.lvsdirector.director;

import ch.qos.logback.classic.Level;
import org.lvsdirector.config.DirectorConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
final class LogLevels {
  private LogLevels() {}

  static void apply(DirectorConf.LogLevel level) {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.valueOf(level.name()));
    }
  }
}
