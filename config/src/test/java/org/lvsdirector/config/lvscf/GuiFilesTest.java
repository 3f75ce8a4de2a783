// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.problem.Problem;

/**
 * Files in the order and with the blanks of Piranha's web page, dead keys included, with what
 * operators added by hand: usable, and exactly so much is told.
 */
class GuiFilesTest {

  private static List<String> told(List<Problem> problems) {
    return problems.stream().map(p -> p.at().line() + " " + p.code()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "gui-direct.cf, 12 LVS0125|52 LVS0125",
    "gui-nat.cf, 26 LVS0048|32 LVS0048|36 LVS0048|43 LVS0048|54 LVS0050|72 LVS0048",
    "gui-single.cf, 10 LVS0103|12 LVS0125|17 LVS0133",
  })
  void giveWarningsAndAreUsable(String name, String expected) {
    var parsed = LvsCf.parse(name, ExampleFiles.example(name));
    assertThat(told(parsed.problems())).containsExactly(expected.split("\\|"));
    assertThat(parsed.config()).as(parsed.problems().toString()).isNotNull();
  }

  @Test
  void windowsLineEndsAreToldOnceAndChangeNothing() {
    var text = ExampleFiles.example("gui-direct.cf");
    var parsed = LvsCf.parse("lvs.cf", text.replace("\n", "\r\n"));
    assertThat(parsed.config()).isEqualTo(LvsCf.parse(text).config());
    assertThat(told(parsed.problems())).containsExactly("1 LVS0041", "12 LVS0125", "52 LVS0125");
  }

  @Test
  void placeholdersOfTheWebPageAreNotServed() {
    var config = LvsCf.parse(ExampleFiles.example("gui-direct.cf")).config();
    assertThat(Objects.requireNonNull(config).services())
        .extracting(VirtualService::name)
        .isEqualTo(Arrays.asList("www.example.com", "mysql"));
    var www = config.services().getFirst().check();
    assertThat(www.interval()).isEqualTo(Duration.ofSeconds(6));
    assertThat(www.rise()).isEqualTo(2);
  }

  @Test
  void whatManyBlocksHaveInCommonIsNotedOnce() {
    var text = new StringBuilder("primary = 10.0.0.9\n");
    for (var i = 1; i < 100; i++) {
      text.append(
          """
          virtual v%1$d {
          active = 1
          address = 192.0.2.%1$d eth0:%1$d
          vip_nmask = 255.255.255.0
          load_monitor = rup
          server a {
          active = 1
          address = 10.0.0.1
          }
          }
          """
              .formatted(i));
    }
    var parsed = LvsCf.parse(text.toString());
    assertThat(parsed.problems()).isEmpty();
    assertThat(told(parsed.notes())).containsExactly("6 LVS0047");
    assertThat(parsed.notes().getFirst().advice()).endsWith("so it is in 99 places");
  }

  @Test
  void thousandsOfWarningsLeaveAFileUsable() {
    var text = new StringBuilder("primary = 10.0.0.9\nvirtual w {\n");
    for (var i = 0; i < 3000; i++) {
      text.append("server s%d {\nnmask = 255.255.255.0\n}\n".formatted(i));
    }
    var parsed = LvsCf.parse(text + "}\n");
    assertThat(parsed.config()).isNotNull();
    var last = parsed.problems().getLast();
    assertThat(parsed.problems()).hasSize(1001);
    assertThat(last.code()).isEqualTo("LVS0023");
    assertThat(last.severity()).isEqualTo(Problem.Severity.WARNING);
    var wrong = LvsCf.parse(text + "nonsense = 1\n}\n");
    assertThat(wrong.config()).isNull();
    assertThat(wrong.problems().getLast().severity()).isEqualTo(Problem.Severity.ERROR);
  }
}
