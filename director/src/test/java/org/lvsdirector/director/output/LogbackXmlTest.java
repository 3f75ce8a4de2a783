// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The logging that is delivered: nothing in it makes anybody wait. */
final class LogbackXmlTest {
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void everyAppenderIsTheOneThatNeverWaits() throws JoranException {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());

    var appenders = new ArrayList<Appender<?>>();
    for (var logger : context.getLoggerList()) {
      logger.iteratorForAppenders().forEachRemaining(appenders::add);
    }
    assertThat(appenders)
        .isNotEmpty()
        .allSatisfy(appender -> assertThat(appender).isExactlyInstanceOf(LogAppender.class))
        .allMatch(Appender::isStarted);
  }
}
