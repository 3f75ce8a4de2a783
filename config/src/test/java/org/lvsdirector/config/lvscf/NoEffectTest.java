// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.lvscf.DirectiveSamples.Sample;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.problem.Problem;

/** A directive that cannot have an effect beside the others is told. */
class NoEffectTest {
  /** What takes the effect from some directives. */
  private static final List<String> TAKING =
      List.of(
          "virtual: scheduler = wlc",
          "global: backup_active = 0",
          "virtual: check = none",
          "virtual: fwmark = 7",
          "virtual: network = direct",
          "virtual: scheduler = rr");

  /** Words of Piranha that its web page wrote whether they counted or not. */
  private static final Set<String> ALWAYS_WRITTEN =
      Set.of(
          "backup", "backup_private", "primary_private", "heartbeat_port", "keepalive", "deadtime");

  static Stream<Sample> samples() {
    return DirectiveSamples.all().stream()
        .filter(sample -> sample.scope() != Scope.FAILOVER && !sample.word().equals("service"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatChangesNothingIsTold(Sample sample) {
    for (var taking : TAKING) {
      if (taking.contains(" " + sample.word() + " =")
          || taking.startsWith("global") && ALWAYS_WRITTEN.contains(sample.word())) {
        continue;
      }
      for (var context : List.of(List.<String>of(), sample.context())) {
        var all = new ArrayList<>(context);
        all.add(taking);
        assertToldOrEffective(
            new Sample(sample.scope(), sample.word(), all, sample.one(), sample.other()), taking);
      }
    }
  }

  private static void assertToldOrEffective(Sample sample, String taking) {
    var first = LvsCf.parse(sample.first());
    var second = LvsCf.parse(sample.second());
    var one = first.config();
    var other = second.config();
    var isWithoutEffect =
        one != null
            && other != null
            && (one.digest().equals(other.digest())
                || taking.contains("backup_active") && isOfThePair(one, other));
    if (isWithoutEffect) {
      var word = sample.scope() == Scope.LINK ? "link" : sample.word();
      assertThat(told(second, word) || told(first, word))
          .as("%s with %s", sample, sample.context())
          .isTrue();
    }
  }

  /** Whether two files of one director differ only in how a pair would watch itself. */
  private static boolean isOfThePair(Config one, Config other) {
    return one.services().equals(other.services())
        && one.failovers().equals(other.failovers())
        && withoutSync(one).equals(withoutSync(other));
  }

  private static List<Object> withoutSync(Config config) {
    var global = config.global();
    return List.of(
        global.commands(),
        global.tcpTimeout(),
        global.tcpFinTimeout(),
        global.udpTimeout(),
        global.isMonitoringLinks(),
        config.heldAddresses(),
        config.pair().links().getFirst().primary());
  }

  private static boolean told(LvsCf.Parsed parsed, String word) {
    return Stream.concat(parsed.problems().stream(), parsed.notes().stream())
        .map(Problem::message)
        .anyMatch(message -> message.matches("(?s).*\\b" + word + "\\b.*effect.*"));
  }
}
