// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dependency table of the design. */
final class DependencyTest {
  private static final Map<String, List<String>> MAY_USE =
      new TreeMap<>(
          Map.of(
              "config", List.of(),
              "linux", List.of(),
              "engine", List.of("config", "linux"),
              "nanny", List.of("config", "linux"),
              "lvsd", List.of("config", "engine"),
              "pulse", List.of("config", "linux"),
              "director", List.of("config", "linux", "engine", "nanny", "lvsd", "pulse")));

  /** The parts that may not use every other part. */
  static List<String> parts() {
    return MAY_USE.keySet().stream().filter(part -> !part.equals("director")).toList();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void partUsesOnlyWhatTheDesignAllows(String part) {
    var forbidden = new ArrayList<>(MAY_USE.keySet());
    forbidden.remove(part);
    forbidden.removeAll(MAY_USE.getOrDefault(part, List.of()));

    noClasses()
        .that()
        .resideInAPackage(packages(part))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.stream().map(DependencyTest::packages).toArray(String[]::new))
        .check(Production.CLASSES);
  }

  @Test
  void everyPackageBelongsToAPart() {
    var parts =
        Production.CLASSES.stream()
            .map(type -> type.getPackageName().split("\\.", -1))
            .filter(names -> names.length > 2)
            .map(names -> names[2])
            .distinct()
            .sorted()
            .toList();

    assertThat(parts).containsExactlyElementsOf(MAY_USE.keySet());
  }

  @Test
  void onlyLinuxLinksNativeCode() {
    for (var type : List.of("java.lang.foreign.Linker", "java.lang.foreign.SymbolLookup")) {
      noClasses()
          .that()
          .resideOutsideOfPackage(packages("linux"))
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(type)
          .check(Production.CLASSES);
    }
  }

  @Test
  void onlyThePartsThatNeedThemUseTheBigLibraries() {
    onlyIn("org.jgroups..", "pulse");
    onlyIn("picocli..", "director");
    onlyIn("com.fasterxml.jackson..", "director");
    onlyIn("com.typesafe.config..", "config");
    onlyIn("io.netty..", "engine", "director");
    onlyIn("ch.qos.logback..", "director");
  }

  /** A program is run without a file, and whether it could be started is told from how it ended. */
  @Test
  void whatRunsInADaemonStartsProgramsAsChildrenAndMakesNoTemporaryFile() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..doctor..", "..demo..")
        .and()
        .doNotHaveFullyQualifiedName("org.lvsdirector.nanny.CheckPrograms")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .check(Production.CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("..doctor..", "..demo..")
        .should()
        .callMethodWhere(target(nameMatching("createTemp(File|Directory)")))
        .check(Production.CLASSES);
  }

  /** Else a reload takes what a start refuses, or the other way round. */
  @Test
  void aDaemonReadsLvsCfInOnePlace() {
    noClasses()
        .that()
        .resideInAPackage("org.lvsdirector.director.daemon")
        .and()
        .doNotHaveSimpleName("LvsCfReader")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.lvsdirector.config.lvscf.ConfigFiles")
        .check(Production.CLASSES);
  }

  private static void onlyIn(String library, String... parts) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Arrays.stream(parts).map(DependencyTest::packages).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(Production.CLASSES);
  }

  private static String packages(String part) {
    return "org.lvsdirector." + part + "..";
  }
}
