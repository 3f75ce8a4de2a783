// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Input.Order;
import org.lvsdirector.pulse.failover.Policy;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** A reload between any two events of a change of role; all invariants hold after each of them. */
class ReloadSimTest {

  private static final Conditions QUIET = Conditions.quiet();
  private static final Conditions STRICT =
      QUIET.with(Policy.DEFAULT.withWitness(Witnessing.STRICT, 3 * Timeline.SECOND));
  private static final long BEGIN = 10_050;
  private static final long SWEPT = BEGIN + 1300;
  private static final long END = 40_000;
  private static final List<Set<String>> LISTS = List.of(Set.of("v1", "v3"), Set.of("v2", "v3"));

  /** Who reloads: one, the other, or both one event after the other, twice. */
  private static final List<List<Integer>> WHO =
      List.of(List.of(0), List.of(1), List.of(0, 1, 1, 0), List.of(1, 0, 0, 1));

  /** Tells the story once for each event of it; returns in which roles a reload came. */
  private static Set<Role> sweep(
      String name, Conditions conditions, Consumer<Scenario> trouble, Consumer<Scenario> end) {
    var met = EnumSet.noneOf(Role.class);
    for (var who : WHO) {
      var isGoingOn = true;
      for (var at = 0; isGoingOn; at++) {
        var story = Scenario.settled(name + " " + who + " event " + at, conditions);
        story.at(BEGIN, trouble).at(20_000, end);
        story.until(BEGIN - 1);
        isGoingOn = reload(story, at, who, met);
        story.until(END);
        checkEnd(story);
      }
    }
    return met;
  }

  private static boolean reload(Scenario story, int at, List<Integer> who, Set<Role> met) {
    var isGoingOn = true;
    for (var i = 0; i < at && isGoingOn; i++) {
      isGoingOn = story.next(SWEPT);
    }
    for (var i = 0; i < who.size(); i++) {
      var director = story.world().directors().get(who.get(i));
      if (director.isUp()) {
        met.add(director.state().role());
      }
      director.configure("c" + i, LISTS.get(i / 2));
      story.next(SWEPT);
    }
    return isGoingOn;
  }

  private static void checkEnd(Scenario story) {
    var active = 0;
    for (var director : story.world().directors()) {
      var deeds = director.machine().deeds();
      if (director.isActive()) {
        active++;
        story.world().require(deeds.isHoldingAll(), director.node() + " does not hold its list");
      } else {
        story.world().require(!deeds.isHolding(), director.node() + " holds " + deeds.held());
      }
    }
    story.world().require(active == 1, active + " are active in the end");
  }

  private static void nothing(Scenario story) {
    story.world().require(story.world().now() > 0, "has begun");
  }

  @Test
  void inATakeover() {
    var met =
        sweep("takeover", QUIET, on -> on.director(PRIMARY).crashHost(), ReloadSimTest::nothing);
    assertThat(met).contains(Role.STANDBY, Role.CLAIMING, Role.ACTIVE);
  }

  @Test
  void inAClaimThatIsGivenUp() {
    var met =
        sweep(
            "given up",
            STRICT,
            on -> {
              on.witness(BACKUP, true);
              on.partition();
            },
            Scenario::heal);
    assertThat(met).contains(Role.STANDBY, Role.CLAIMING, Role.ACTIVE);
  }

  @Test
  void inAClaimThatCannotAcquire() {
    var met =
        sweep(
            "cannot acquire",
            QUIET,
            on -> {
              on.director(BACKUP).machine().deeds().denyAcquire(true);
              on.director(PRIMARY).crashHost();
            },
            on -> on.director(BACKUP).machine().deeds().denyAcquire(false));
    assertThat(met).contains(Role.STANDBY, Role.CLAIMING, Role.YIELDING, Role.FAULT);
  }

  @Test
  void inAHandover() {
    var met =
        sweep("handover", QUIET, on -> on.order(PRIMARY, Order.FAILOVER), ReloadSimTest::nothing);
    assertThat(met).contains(Role.STANDBY, Role.CLAIMING, Role.ACTIVE, Role.YIELDING);
  }

  @Test
  void inAYield() {
    var met =
        sweep(
            "yield",
            QUIET,
            on -> on.director(PRIMARY).machine().engine(false),
            on -> on.director(PRIMARY).machine().engine(true));
    assertThat(met).contains(Role.STANDBY, Role.CLAIMING, Role.ACTIVE, Role.YIELDING, Role.FAULT);
  }

  @Test
  void whenSomeCannotBeTakenHereOrThere() {
    for (var denying : List.of(List.of(PRIMARY), List.of(BACKUP), List.of(PRIMARY, BACKUP))) {
      var met =
          sweep(
              "denied at " + denying,
              QUIET,
              on -> {
                denying.forEach(node -> on.director(node).machine().deeds().deny("v3"));
                on.order(PRIMARY, Order.FAILOVER);
              },
              on -> denying.forEach(node -> on.director(node).machine().deeds().deny()));
      assertThat(met).contains(Role.STANDBY, Role.CLAIMING, Role.ACTIVE, Role.YIELDING);
    }
  }
}
