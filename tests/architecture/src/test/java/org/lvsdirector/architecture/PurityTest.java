package org.lvsdirector.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
          "org.lvsdirector.config.LvsCf",
          "org.lvsdirector.config.IpAddress",
          "org.lvsdirector.config.ProblemText",
          "org.lvsdirector.engine.Table",
          "org.lvsdirector.engine.TableOp",
          "org.lvsdirector.engine.TableDiff",
          "org.lvsdirector.engine.ipvs.sync.Buckets",
          "org.lvsdirector.engine.ipvs.sync.Comparison",
          "org.lvsdirector.engine.ipvs.sync.DaemonPlan",
          "org.lvsdirector.engine.ipvs.sync.Exchange",
          "org.lvsdirector.engine.ipvs.sync.Flow",
          "org.lvsdirector.engine.ipvs.sync.FlowText",
          "org.lvsdirector.engine.ipvs.sync.Held",
          "org.lvsdirector.engine.ipvs.sync.InSync",
          "org.lvsdirector.engine.ipvs.sync.Lifetimes",
          "org.lvsdirector.engine.ipvs.sync.MissingFlows",
          "org.lvsdirector.engine.ipvs.sync.Owners",
          "org.lvsdirector.engine.ipvs.sync.SyncEntry",
          "org.lvsdirector.engine.ipvs.sync.SyncMessage",
          "org.lvsdirector.engine.ipvs.sync.VsSetting",
          "org.lvsdirector.nanny.HealthGate",
          "org.lvsdirector.lvsd.Planner",
          "org.lvsdirector.pulse.Answers",
          "org.lvsdirector.pulse.Cause",
          "org.lvsdirector.pulse.Claim",
          "org.lvsdirector.pulse.Claiming",
          "org.lvsdirector.pulse.Effect",
          "org.lvsdirector.pulse.Evidence",
          "org.lvsdirector.pulse.Failover",
          "org.lvsdirector.pulse.Handing",
          "org.lvsdirector.pulse.Heartbeat",
          "org.lvsdirector.pulse.HeartbeatCodec",
          "org.lvsdirector.pulse.Holding",
          "org.lvsdirector.pulse.Input",
          "org.lvsdirector.pulse.Intake",
          "org.lvsdirector.pulse.Lease",
          "org.lvsdirector.pulse.Leasing",
          "org.lvsdirector.pulse.Leaving",
          "org.lvsdirector.pulse.Notice",
          "org.lvsdirector.pulse.Partner",
          "org.lvsdirector.pulse.Plans",
          "org.lvsdirector.pulse.Policy",
          "org.lvsdirector.pulse.Renewing",
          "org.lvsdirector.pulse.Resting",
          "org.lvsdirector.pulse.Rivals",
          "org.lvsdirector.pulse.Serving",
          "org.lvsdirector.pulse.Settings",
          "org.lvsdirector.pulse.State",
          "org.lvsdirector.pulse.Step",
          "org.lvsdirector.pulse.Transition",
          "org.lvsdirector.pulse.TransitionTable",
          "org.lvsdirector.pulse.Turn",
          "org.lvsdirector.pulse.Wakes",
          "org.lvsdirector.pulse.Conversation",
          "org.lvsdirector.pulse.Policies",
          "org.lvsdirector.pulse.ReplayWindow",
          "org.lvsdirector.pulse.Seal",
          "org.lvsdirector.pulse.SealKey",
          "org.lvsdirector.pulse.SealKeys",
          "org.lvsdirector.pulse.Sealed",
          "org.lvsdirector.pulse.WitnessCodec",
          "org.lvsdirector.pulse.Witness");

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAPackage("org.lvsdirector.engine.schedule")
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
