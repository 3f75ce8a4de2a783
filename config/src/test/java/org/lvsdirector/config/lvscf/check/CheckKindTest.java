// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.lvscf.Explanations;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.config.lvscf.RandomChecks;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.ValueType.Reading;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.IncludedFiles;
import org.lvsdirector.config.lvscf.syntax.Node;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Source;
import org.lvsdirector.config.lvscf.syntax.Syntax;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

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
    var problems = new Problems("lvs.cf");
    assertThat(kind.settings(bind(kind, kind.example(), problems))).isNotNull();
    assertThat(problems.inOrder()).isEmpty();
    var parsed = parse(kind.example());
    var expected = kind.isRun() ? List.<String>of() : List.of(ProblemCode.CANNOT_MAKE.code());
    assertThat(parsed.problems()).extracting(Problem::code).isEqualTo(expected);
    assertThat(parsed.notes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatCannotBeMadeIsAnErrorAtItsPlaceWithTheWayOut(CheckKind kind) {
    var parsed = parse(kind.example());
    assertThat(parsed.config() != null).isEqualTo(kind.isRun());
    var line = 6 + kind.example().indexOf("check = " + kind.word());
    for (var problem : parsed.problems()) {
      assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
      assertThat(problem.at().line()).isEqualTo(line);
      assertThat(problem.at().column()).isEqualTo("check = ".length() + 1);
      assertThat(problem.advice()).contains(CheckKind.madeWords());
    }
    assertThat(Explanations.of("check"))
        .containsPattern((kind.isRun() ? "made .*\\b" : "not yet .*\\b") + kind.word() + "\\b");
  }

  @Test
  void settingsOfKindsThatCannotBeMadeAreErrorsWithoutTheKindToo() {
    var later = Catalogue.rows().stream().filter(CheckKind::isLater).toList();
    assertThat(later).extracting(Directive::word).contains("check_path", "check_query");
    for (var row : later) {
      var parsed = parse(List.of(row.word() + " = 1"));
      assertThat(parsed.config()).as(row.word()).isNull();
      assertThat(Explanations.of(row.word())).contains("not in this version: an error");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void checkIsOfOneKindOnly(CheckKind kind) {
    var check = bind(kind, kind.example(), new Problems("lvs.cf"));
    assertThat(CheckKind.all()).filteredOn(one -> one.settings(check) != null).containsOnly(kind);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void printedExampleIsReadAsTheSameCheck(CheckKind kind) {
    assertReadAgain(bind(kind, kind.example(), new Problems("lvs.cf")));
  }

  @Test
  void anyCheckThatIsPrintedIsReadAsTheSame() {
    var checks = new RandomChecks(new Random(13));
    for (var round = 0; round < 2000; round++) {
      assertReadAgain(checks.check(round % 2 == 0 ? Protocol.TCP : Protocol.UDP));
    }
  }

  private static void assertReadAgain(Check check) {
    var lines = new ArrayList<String>();
    CheckKind.lines(check).forEach((row, value) -> lines.add(row.word() + " = " + value));
    var problems = new Problems("lvs.cf");
    assertThat(bind(CheckKind.of(check), lines, problems)).as("%s", lines).isEqualTo(check);
  }

  /** The check of statements, as a kind makes it. */
  private static Check bind(CheckKind kind, List<String> lines, Problems problems) {
    var text = String.join("\n", lines) + "\n";
    var source = new Source("lvs.cf", text, IncludedFiles.NONE);
    var reading = new Reading(problems, NameResolver.LITERALS_ONLY, IpAddress.Family.IPV4);
    var values = new Values();
    for (var node : Syntax.parse(source, Catalogue::isKnown, problems).children()) {
      if (node instanceof Node.Statement statement) {
        put(statement, reading, values);
      }
    }
    return kind.bind(new CheckBlock(values, Token.NOWHERE, Token.NOWHERE, problems));
  }

  private static void put(Node.Statement statement, Reading reading, Values values) {
    var row = Objects.requireNonNull(Catalogue.find(Scope.VIRTUAL, statement.name().text()));
    put(row, statement, reading, values);
  }

  private static <T> void put(
      Directive<T> row, Node.Statement statement, Reading reading, Values values) {
    values.put(row, statement, row.type().read(statement, reading));
  }

  private static LvsCf.Parsed parse(List<String> statements) {
    return LvsCf.parse(
        "primary = 192.0.2.1\nvirtual web {\nactive = 1\naddress = 192.0.2.80 eth0:1\n"
            + "vip_nmask = /24\n"
            + String.join("\n", statements)
            + "\nserver one {\nactive = 1\naddress = 10.10.0.9\n}\n}\n");
  }
}
