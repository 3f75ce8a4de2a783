// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every rule of the failover reads the whole state; who writes which part of it is said here. */
final class OwnershipTest {

  private static final String FAILOVER = "org.lvsdirector.pulse.failover";

  /** The setters of a decision, and the rules that call them. */
  private static final Map<String, Set<String>> OWNERS =
      Map.of(
          "standing",
              Set.of("ActiveRules", "ClaimRules", "HearingRules", "InputRules", "StandbyRules"),
          "hearing", Set.of("HearingRules"),
          "pending", Set.of("ClaimRules", "YieldRules"),
          "stop", Set.of("YieldRules"),
          "fitness", Set.of("InputRules"),
          "evidence", Set.of("ClaimRules", "HearingRules", "InputRules"),
          "active",
              Set.of(
                  "ActiveRules",
                  "ClaimRules",
                  "ErrandRules",
                  "InputRules",
                  "RenewalRules",
                  "YieldRules"),
          "lease", Set.of("WitnessRules"),
          "orders", Set.of("ErrandRules", "HandoverRules", "InputRules", "OfferRules"));

  @Test
  void eachPartOfTheStateIsWrittenByItsOwners() {
    var setters =
        Production.CLASSES.get(FAILOVER + ".Decision").getMethods().stream()
            .filter(OwnershipTest::isSetter)
            .collect(Collectors.toMap(JavaMethod::getName, OwnershipTest::callers));
    assertThat(setters).isEqualTo(OWNERS);
  }

  private static boolean isSetter(JavaMethod method) {
    return OWNERS.containsKey(method.getName()) && method.getRawParameterTypes().size() == 1;
  }

  private static Set<String> callers(JavaMethod method) {
    return method.getCallsOfSelf().stream()
        .map(call -> call.getOriginOwner().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noRuleIsCalledBackByOneThatItCalls() {
    SlicesRuleDefinition.slices()
        .assignedFrom(new EachClass())
        .should()
        .beFreeOfCycles()
        .check(Production.CLASSES.that(resideInAPackage(FAILOVER)));
  }

  /** A class with those inside it. */
  private static final class EachClass implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      var name = type.getName();
      var inner = name.indexOf('$');
      return SliceIdentifier.of(inner < 0 ? name : name.substring(0, inner));
    }

    @Override
    public String getDescription() {
      return "each class";
    }
  }
}
