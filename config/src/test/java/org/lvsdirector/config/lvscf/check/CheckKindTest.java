// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.config.lvscf.LvsCfPrinter;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.ProblemCode;

class CheckKindTest {

  static List<CheckKind> kinds() {
    return CheckKind.all();
  }

  @Test
  void everyKindIsInTheList() {
    assertThat(CheckKind.all())
        .<Class<?>>extracting(Object::getClass)
        .containsExactlyInAnyOrder(CheckKind.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void exampleIsReadAsItsKindWithoutAnyOtherProblem(CheckKind kind) {
    var parsed = parse(kind.example());
    var check = check(parsed);
    assertThat(kind.settings(check)).isNotNull();
    var expected = kind.isRun() ? List.<String>of() : List.of(ProblemCode.CANNOT_MAKE.code());
    assertThat(parsed.problems()).extracting(Problem::code).isEqualTo(expected);
    assertThat(parsed.notes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void checkIsOfOneKindOnly(CheckKind kind) {
    var check = check(parse(kind.example()));
    assertThat(CheckKind.all()).filteredOn(one -> one.settings(check) != null).containsOnly(kind);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void printedExampleIsReadAsTheSameCheck(CheckKind kind) {
    var parsed = parse(kind.example());
    var again = LvsCf.parse(LvsCfPrinter.print(config(parsed)));
    assertThat(check(again)).isEqualTo(check(parsed));
  }

  private static LvsCf.Parsed parse(List<String> statements) {
    return LvsCf.parse(
        "primary = 192.0.2.1\nvirtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
            + "vip_nmask = /24\n"
            + String.join("\n", statements)
            + "\nserver one {\nactive = 1\naddress = 10.10.0.9\n}\n}\n");
  }

  private static Config config(LvsCf.Parsed parsed) {
    var config = parsed.config();
    assertThat(config).as(parsed.problems().toString()).isNotNull();
    return config;
  }

  private static Check check(LvsCf.Parsed parsed) {
    return config(parsed).services().getFirst().check().check();
  }
}
