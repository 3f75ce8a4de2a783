// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.lvsdirector.config.problem.PrintableText;

/**
 * The message of a log event on one line, without anything a terminal would act on, whoever its
 * words come from. Logback's name for it is in logback.xml.
 */
public final class PrintableMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return PrintableText.printable(super.convert(event));
  }
}
