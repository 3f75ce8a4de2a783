// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.config.problem.Problem.Place;
import org.lvsdirector.config.problem.Problem.Severity;

class ProblemTextTest {

  private static String rendered(String text) {
    return LvsCf.parse("etc/lvs.cf", text).problems().stream()
        .map(problem -> ProblemText.render(problem, false))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void showsPlaceSourceCaretAndTheNearestWord() {
    assertThat(rendered("primary = 192.0.2.1\nvirtual w {\n  sheduler = wlc\n}\n"))
        .isEqualTo(
            """
            etc/lvs.cf:3:3: error LVS0012: unknown directive 'sheduler'
                sheduler = wlc
                ^~~~~~~~
              help: did you mean 'scheduler'?\
            """);
  }

  @Test
  void caretStandsBelowTheWordBehindTabsAndQuotes() {
    assertThat(rendered("primary = 192.0.2.1\nvirtual \"a b\" {\n\tport\t= \"eighty\"\n}\n"))
        .isEqualTo(
            """
            etc/lvs.cf:3:9: error LVS0026: 'eighty' is neither a port number nor a known service
              \tport\t= "eighty"
              \t    \t  ^~~~~~~~
              help: write the number of the port\
            """);
  }

  @Test
  void columnsCountCodePoints() {
    assertThat(rendered("primary = 192.0.2.1\nvirtual \"\ud83d\ude00\" x {\n}\n"))
        .startsWith("etc/lvs.cf:2:13: error LVS0005:");
  }

  @Test
  void caretStandsBelowWideAndCombiningCharacters() {
    assertThat(rendered("primary = 192.0.2.1\nvirtual \"e\u0301\u6f22\" \u6f22\u6f22 {\n}\n"))
        .isEqualTo(
            """
            etc/lvs.cf:2:15: error LVS0005: the name of a block is one word
              virtual "e\u0301\u6f22" \u6f22\u6f22 {
                            ^~~~
              help: put it in quotes: virtual "e\u0301\u6f22 \u6f22\u6f22" {\
            """);
  }

  @Test
  void misplacedDirectiveIsToldWhereItBelongs() {
    assertThat(rendered("primary = 192.0.2.1\nweight = 3\n"))
        .contains("LVS0017: 'weight' cannot be at top level")
        .contains("help: it belongs in a server block");
  }

  /** What was empty or wrong once: each problem with what really helps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fwmark = 99999999999 | write a number from 0 to 4294967295",
        "fwmark = a | write digits alone, such as 10",
        "timeout = 0 | write a time from 1ms to 68 years",
        "persistent = 1.5 | write a time from 0s to 68 years, whole seconds",
        "interval = -1 | write a time from 10ms to 68 years",
        "protocol = sctp | name a program with send_program, or write check = none",
        "hysteresis = 2 | give a quorum that is larger than the hysteresis: quorum = 3",
        "quorum = 5 ~ hysteresis = 5 | use a hysteresis below the quorum, or a larger quorum",
        "quorum = 4 ~ hysteresis = 1 ~ notify = /bin/true | "
            + "quorum and hysteresis together are at most 3",
        "// comment | a comment begins with #",
        "; comment | a comment begins with #",
        "port = 08 | a leading zero means octal: write it without",
        "sorry_server = 10.0.0.5 80 | "
            + "write the port behind a colon: 192.0.2.9:8080 or [2001:db8::9]:8080",
        "sorry_server = fe80::1%eth0 | "
            + "only a real server's address has a zone: leave out % and what follows",
        "vip_nmask = ffff:: | write the length of an IPv6 prefix, such as /64",
        "pmask = /33 ~ persistent = 5 | write a mask such as 255.255.255.0 or /24",
      })
  void helpIsWhatHelps(String lines, String help) {
    var text =
        "primary = 192.0.2.1\nvirtual w {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
            + lines.replace('~', '\n')
            + "\nserver a {\nactive = 1\naddress = 10.0.0.1\nweight = 3\n}\n}\n";
    assertThat(rendered(text).lines().filter(line -> line.startsWith("  help:")))
        .containsExactly("  help: " + help);
  }

  @Test
  void longLinesAreCutAroundTheCaret() {
    var text = rendered("primary = 192.0.2.1\nbackup = 192.0.2.2 " + "x".repeat(500) + "\n");
    assertThat(text.lines()).allMatch(line -> line.length() < 160);
    assertThat(text).contains("...").contains("^~~~");
  }

  @Test
  void controlCharactersNeverReachTheTerminal() {
    assertThat(rendered("primary = \u001b[31m\u009b\u202e\n"))
        .doesNotContain("\u001b", "\u009b", "\u202e");
  }

  @Test
  void colorChangesNothingButEscapeSequences() {
    var problem = LvsCf.parse("virtual\n").problems().getFirst();
    var colored = ProblemText.render(problem, true);
    assertThat(colored).contains("\u001b[");
    assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(ProblemText.render(problem, false));
  }

  @Test
  void problemOfTheWholeFileHasNoSource() {
    var problem =
        new Problem(Severity.WARNING, "LVS0121", new Place("f", 0, 0, 1, ""), "message", "");
    assertThat(ProblemText.render(problem, false)).isEqualTo("f: warning LVS0121: message");
  }
}
