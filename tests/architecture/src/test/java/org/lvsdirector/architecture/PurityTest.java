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
  private static final Set<String> PURE_CLASSES =
      Set.of(
          "org.lvsdirector.config.lvscf.LvsCf",
          "org.lvsdirector.config.IpAddress",
          "org.lvsdirector.config.problem.ProblemText",
          "org.lvsdirector.engine.table.Table",
          "org.lvsdirector.engine.table.TableOp",
          "org.lvsdirector.engine.table.TableDiff",
          "org.lvsdirector.engine.ipvs.sync.exchange.Buckets",
          "org.lvsdirector.engine.ipvs.sync.exchange.Comparison",
          "org.lvsdirector.engine.ipvs.sync.exchange.DaemonPlan",
          "org.lvsdirector.engine.ipvs.sync.exchange.Exchange",
          "org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntry",
          "org.lvsdirector.engine.ipvs.sync.exchange.ConnectionEntryText",
          "org.lvsdirector.engine.ipvs.sync.exchange.Held",
          "org.lvsdirector.engine.ipvs.sync.exchange.InSync",
          "org.lvsdirector.engine.ipvs.sync.exchange.Lifetimes",
          "org.lvsdirector.engine.ipvs.sync.exchange.MissingConnections",
          "org.lvsdirector.engine.ipvs.sync.exchange.Owners",
          "org.lvsdirector.engine.ipvs.sync.exchange.SyncEntry",
          "org.lvsdirector.engine.ipvs.sync.exchange.SyncMessage",
          "org.lvsdirector.engine.ipvs.sync.VsSetting",
          "org.lvsdirector.nanny.HealthGate",
          "org.lvsdirector.lvsd.Planner",
          "org.lvsdirector.pulse.link.HeartbeatCodec",
          "org.lvsdirector.pulse.seal.SealContext",
          "org.lvsdirector.pulse.Policies",
          "org.lvsdirector.pulse.seal.ReplayWindow",
          "org.lvsdirector.pulse.seal.Seal",
          "org.lvsdirector.pulse.seal.SealKey",
          "org.lvsdirector.pulse.seal.KeyRing",
          "org.lvsdirector.pulse.seal.SealFormat",
          "org.lvsdirector.pulse.witness.WitnessCodec",
          "org.lvsdirector.pulse.witness.Witness");

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage("org.lvsdirector.engine.schedule", "org.lvsdirector.pulse.failover")
          .or(
              DescribedPredicate.describe(
                  "are pure by name", type -> PURE_CLASSES.contains(outermost(type))));

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
  void everyClassThatIsCalledPureExists() {
    for (var name : PURE_CLASSES) {
      assertThat(Production.CLASSES.contain(name)).as(name).isTrue();
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
