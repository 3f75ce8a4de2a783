// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.lvscf.DirectiveSamples.Sample;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.check.CheckKind;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** Every directive is in force after a reload, or is named until it is. */
class RunningConfigTest {
  /** What the failover decision, its links and connection sync are made of. */
  private static final Set<String> WAITING =
      Set.of(
          "GLOBAL primary",
          "GLOBAL primary_private",
          "GLOBAL backup",
          "GLOBAL backup_private",
          "GLOBAL backup_active",
          "GLOBAL heartbeat_port",
          "GLOBAL keepalive",
          "GLOBAL deadtime",
          "GLOBAL ping_target",
          "GLOBAL witness",
          "GLOBAL failback",
          "GLOBAL syncdaemon",
          "GLOBAL syncd_iface",
          "GLOBAL syncd_id",
          "LINK primary",
          "LINK backup");

  static List<Sample> samples() {
    return DirectiveSamples.all();
  }

  @Test
  void everyDirectiveThatHasAnEffectIsTried() {
    var wanted = new TreeSet<String>();
    for (var row : Catalogue.rows()) {
      if (row.status() == Directive.Status.USED && !CheckKind.isLater(row)) {
        row.scopes().forEach(scope -> wanted.add(scope + " " + row.word()));
      }
    }
    var tried = new HashSet<String>();
    samples().forEach(sample -> tried.add(sample.toString()));
    wanted.removeIf(one -> one.startsWith("FAILOVER") && !tried.contains(one));
    assertThat(tried).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void itsValuesMeanSomethingElse(Sample sample) {
    assertThat(read(sample.first()).digest()).isNotEqualTo(read(sample.second()).digest());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void itIsInForceAfterAReloadOrNamedEachTime(Sample sample) {
    var before = read(sample.first());
    var fresh = read(sample.second());
    var inForce = RunningConfig.after(before, fresh);
    var waiting = RunningConfig.waiting(inForce, fresh);
    if (!WAITING.contains(sample.toString())) {
      assertThat(waiting).isEmpty();
      assertThat(inForce).isEqualTo(fresh);
      return;
    }
    assertThat(waiting).anySatisfy(line -> assertThat(line).contains(sample.word()));
    assertThat(inForce.digest()).isEqualTo(before.digest());
    var again = RunningConfig.after(inForce, fresh);
    assertThat(RunningConfig.waiting(again, fresh)).isEqualTo(waiting);
    assertThat(RunningConfig.waiting(RunningConfig.after(again, before), before)).isEmpty();
  }

  private static Config read(String text) {
    var parsed = LvsCf.parse(text);
    return Objects.requireNonNull(parsed.config(), parsed.problems().toString());
  }

  @Test
  void directivesWithoutEffectInAFailoverBlockAreTold() {
    var tried = new HashSet<String>();
    samples().forEach(sample -> tried.add(sample.toString()));
    for (var sample : samples()) {
      var row = Catalogue.find(Scope.FAILOVER, sample.word());
      if (sample.scope() != Scope.VIRTUAL
          || row == null
          || tried.contains("FAILOVER " + sample.word())) {
        continue;
      }
      var inBlock =
          new Sample(
              Scope.FAILOVER,
              sample.word(),
              List.of("global: service = fos"),
              sample.one(),
              sample.other());
      var parsed = LvsCf.parse(inBlock.second());
      assertThat(parsed.notes())
          .as(sample.word())
          .anySatisfy(note -> assertThat(note.message()).contains("'" + sample.word() + "'"));
    }
  }
}
