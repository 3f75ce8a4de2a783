// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.stream.Collectors;
import org.lvsdirector.config.problem.PrintableText;

/**
 * The stack of a log event, each line indented, so that none passes for an event of its own, and
 * without anything a terminal would act on. Logback's name for it is in logback.xml.
 */
public final class PrintableStack extends ThrowableProxyConverter {
  private static final String INDENT = "    ";

  @Override
  protected String throwableProxyToString(IThrowableProxy proxy) {
    return super.throwableProxyToString(proxy)
        .lines()
        .map(line -> INDENT + PrintableText.printable(line.replace("\t", INDENT)) + "\n")
        .collect(Collectors.joining());
  }
}
