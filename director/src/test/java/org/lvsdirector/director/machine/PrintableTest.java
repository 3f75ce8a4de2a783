// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever words come from outside, neither the log nor a terminal is anybody else's. */
class PrintableTest {
  private static final String EVIL =
      IntStream.concat(IntStream.range(0, 0x100), IntStream.of(0x200e, 0x202e, 0x2028, 0xfeff))
          .mapToObj(Character::toString)
          .reduce("", String::concat);

  /** The layout of logback.xml, whatever it is written by. */
  private static PatternLayoutEncoder encoder() throws JoranException, IOException {
    var file = Objects.requireNonNull(PrintableTest.class.getResource("/logback.xml"));
    var context = new LoggerContext();
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(file);
    try (var in = file.openStream()) {
      var xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var encoder = new PatternLayoutEncoder();
      encoder.setContext(context);
      encoder.setPattern(xml.replaceFirst("(?s).*<pattern>(.*)</pattern>.*", "$1"));
      encoder.start();
      return encoder;
    }
  }

  private static String logged(@Nullable Throwable cause) throws JoranException, IOException {
    var encoder = encoder();
    var logger = ((LoggerContext) encoder.getContext()).getLogger("a.Logger");
    var event = new LoggingEvent("x", logger, Level.WARN, "it says {}", cause, new Object[] {EVIL});
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  private static void assertPrintable(String text) {
    assertThat(text.codePoints().filter(c -> c != '\n').mapToObj(Character::getType))
        .doesNotContain(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);
  }

  @Test
  void everyMessageIsOnePrintableLine() throws JoranException, IOException {
    var line = logged(null);
    assertPrintable(line);
    assertThat(line).endsWith("\n").contains(" WARN  Logger: it says ");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void everyLineOfAStackIsIndentedAndPrintable() throws JoranException, IOException {
    var text =
        logged(new IllegalStateException(EVIL, new IllegalStateException("x\n2026 ERROR y")));
    assertPrintable(text);
    assertThat(text.lines().skip(1))
        .hasSizeGreaterThan(4)
        .allMatch(line -> line.startsWith("    "));
    assertThat(text).contains("PrintableTest.everyLineOfAStack", "Caused by: ");
  }

  @Test
  void whatIsPrintedOnATerminalIsPrintable() {
    var text = new StringWriter();
    var out = PrintableWriter.over(new PrintWriter(text));
    out.print("role " + EVIL + "\nsecond");
    out.print('\u001b');
    out.printf("%s%n", "\u009b31m");
    out.flush();
    assertPrintable(text.toString());
    assertThat(text.toString().split("\n")).hasSize(3);
    assertThat(text.toString()).startsWith("role ").contains("\nsecond\u241b\ufffd31m\n");
  }
}
