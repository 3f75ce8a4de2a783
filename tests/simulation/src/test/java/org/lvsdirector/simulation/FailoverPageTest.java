// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lvsdirector.pulse.failover.Cause;
import org.lvsdirector.pulse.failover.TransitionTable;

/** The page of the operator shows the table that the program has. */
class FailoverPageTest {

  private static final String BEGIN = "<!-- transitions:begin -->\n";
  private static final String END = "<!-- transitions:end -->";

  @Test
  void pageShowsTheTransitionsOfTheProgram() throws IOException {
    var file = Golden.docs("failover.md");
    var page = Files.readString(file);
    assertThat(page).contains(BEGIN, END);
    var head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    var tail = page.substring(page.indexOf(END));
    Golden.check(file, head + table() + tail);
  }

  private static String table() {
    var text = new StringBuilder("| from | to | causes |\n|---|---|---|\n");
    for (var row : TransitionTable.ROWS) {
      var causes =
          EnumSet.copyOf(row.causes()).stream().map(Cause::code).collect(Collectors.joining(", "));
      text.append("| ").append(row.from()).append(" | ").append(row.to()).append(" | ");
      text.append(causes).append(" |\n");
    }
    return text.toString();
  }
}
