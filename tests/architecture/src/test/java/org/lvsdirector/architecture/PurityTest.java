// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A pure class has no clock, no thread, no socket, no file, no logger and no native code. */
final class PurityTest {
  /** Every class of them is pure, also one that is added tomorrow. */
  private static final String[] PURE_PACKAGES = {
    "org.lvsdirector.config",
    "org.lvsdirector.config.problem",
    "org.lvsdirector.config.lvscf.syntax",
    "org.lvsdirector.config.lvscf.catalogue",
    "org.lvsdirector.config.lvscf.check",
    "org.lvsdirector.config.lvscf.directive",
    "org.lvsdirector.config.lvscf.binding",
    "org.lvsdirector.engine.table",
    "org.lvsdirector.engine.schedule",
    "org.lvsdirector.engine.ipvs.sync.exchange",
    "org.lvsdirector.pulse.failover",
    "org.lvsdirector.pulse.seal",
  };

  /** What reads keys, and what stands between a socket and the seal. */
  private static final Set<String> EFFECTS_OF_THE_SEAL =
      Set.of("org.lvsdirector.pulse.seal.KeyFile", "org.lvsdirector.pulse.seal.SealedChannel");

  /** The pure ones of packages that have effects. */
  private static final Set<String> PURE_AMONG_OTHERS =
      Set.of(
          "org.lvsdirector.config.lvscf.LvsCf",
          "org.lvsdirector.director.machine.CommandWords",
          "org.lvsdirector.director.pairing.Cpace",
          "org.lvsdirector.director.pairing.OneTimeCode",
          "org.lvsdirector.director.pairing.PairBundle",
          "org.lvsdirector.director.pairing.PairCode",
          "org.lvsdirector.director.pairing.PairSession",
          "org.lvsdirector.nanny.HealthGate",
          "org.lvsdirector.lvsd.Planner",
          "org.lvsdirector.pulse.Policies",
          "org.lvsdirector.pulse.link.HeartbeatCodec",
          "org.lvsdirector.pulse.witness.Witness",
          "org.lvsdirector.pulse.witness.WitnessCodec");

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage(PURE_PACKAGES)
          .and(
              DescribedPredicate.describe(
                  "are no effects of the seal",
                  type -> !EFFECTS_OF_THE_SEAL.contains(outermost(type))))
          .or(
              DescribedPredicate.describe(
                  "are pure among others", type -> PURE_AMONG_OTHERS.contains(outermost(type))));

  private static final DescribedPredicate<JavaClass> EFFECTS =
      resideInAnyPackage(
              "java.net..",
              "java.io..",
              "java.nio.file..",
              "java.nio.channels..",
              "java.util.concurrent..",
              "org.slf4j..",
              "org.lvsdirector.linux..",
              "io.netty..",
              "org.jgroups..")
          .and(
              DescribedPredicate.not(
                  named("java.io.Serializable", "java.util.concurrent.TimeUnit")))
          .or(named("java.lang.Thread", "java.time.Clock", "java.util.Random"));

  @Test
  void everythingThatIsNamedHereExists() {
    for (var names : List.of(PURE_AMONG_OTHERS, EFFECTS_OF_THE_SEAL)) {
      for (var name : names) {
        assertThat(Production.CLASSES.contain(name)).as(name).isTrue();
      }
    }
    for (var name : PURE_PACKAGES) {
      assertThat(Production.CLASSES.containPackage(name)).as(name).isTrue();
    }
  }

  @Test
  void pureClassesHaveNoEffects() {
    noClasses().that(PURE).should().dependOnClassesThat(EFFECTS).check(Production.CLASSES);
  }

  @Test
  void pureClassesReadNoClock() {
    for (var clock : List.of("nanoTime", "currentTimeMillis")) {
      noClasses().that(PURE).should().callMethod(System.class, clock).check(Production.CLASSES);
    }
    noClasses().that(PURE).should().callMethod(Instant.class, "now").check(Production.CLASSES);
  }

  @Test
  void pureClassesHoldNoMutableStaticState() {
    fields()
        .that()
        .areDeclaredInClassesThat(PURE)
        .and()
        .areStatic()
        .should()
        .beFinal()
        .check(Production.CLASSES);
  }

  private static String outermost(JavaClass type) {
    var name = type.getName();
    var dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return DescribedPredicate.describe(
        "are " + String.join(" or ", names), type -> Set.of(names).contains(type.getName()));
  }
}
