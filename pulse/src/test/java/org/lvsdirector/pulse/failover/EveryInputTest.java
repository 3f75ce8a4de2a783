// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lvsdirector.config.Pair.Node.BACKUP;
import static org.lvsdirector.config.Pair.Node.PRIMARY;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.pulse.failover.Heartbeat.Flag;
import org.lvsdirector.pulse.failover.Policy.Witnessing;

/** Every role is given every input, and what follows is in the table. */
class EveryInputTest {

  private static final Policy POLICY =
      Policy.DEFAULT
          .withTargets()
          .withWitness(Witnessing.STRICT, 3000 * Bench.MS)
          .withFailback(1000 * Bench.MS, 5000 * Bench.MS);

  private static Map<Role, List<Bench>> benches() {
    var all = new LinkedHashMap<Role, List<Bench>>();
    for (var role : Role.values()) {
      all.put(role, List.of(bench(role, PRIMARY), bench(role, BACKUP)));
    }
    return all;
  }

  private static Bench bench(Role role, Node node) {
    return switch (role) {
      case STARTING -> Bench.started(node, POLICY).at(2000);
      case STANDBY -> Bench.standby(node, POLICY).at(1100);
      case CLAIMING -> Bench.standby(node, POLICY).at(1750).wake();
      case ACTIVE -> Bench.active(node, POLICY);
      case YIELDING -> {
        var bench = Bench.active(node, POLICY).at(2010);
        yield bench.hears(0, bench.flagged(Role.CLAIMING, 99, Flag.STOP));
      }
      case FAULT -> Bench.standby(node, POLICY).at(1100).fit(false);
      case MAINTENANCE -> Bench.standby(node, POLICY).at(1100).order(Input.Order.STANDBY);
    };
  }

  /** Every kind of input, in the ways that can matter; keyed by the name of the record. */
  private static Map<String, List<Input>> inputs(Bench bench, long now) {
    var all = new LinkedHashMap<String, List<Input>>();
    all.put(
        "Started",
        List.of(
            new Input.Started(now, 3),
            new Input.Started(now, 9, true),
            new Input.Started(now, 9, false, true)));
    all.put("ConfigLoaded", List.of(new Input.ConfigLoaded(now, "other")));
    all.put("AddressesChanged", List.of(new Input.AddressesChanged(now, "other")));
    all.put("Wake", List.of(new Input.Wake(now)));
    all.put("Heard", heard(bench, now));
    all.put("LinkChanged", List.of(new Input.LinkChanged(now, 0, false)));
    all.put(
        "FitnessChanged",
        List.of(
            new Input.FitnessChanged(now, true, ""), new Input.FitnessChanged(now, false, "ill")));
    var ids = answered(bench);
    all.put("EffectDone", ids.stream().<Input>map(id -> new Input.EffectDone(now, id)).toList());
    all.put(
        "EffectFailed",
        ids.stream().<Input>map(id -> new Input.EffectFailed(now, id, "EIO")).toList());
    all.put("Probed", ids.stream().<Input>map(id -> new Input.Probed(now, id, true)).toList());
    all.put(
        "WitnessAnswered",
        ids.stream().<Input>map(id -> new Input.WitnessAnswered(now, id, false, 5)).toList());
    all.put("Stalled", List.of(new Input.Stalled(now, 10), new Input.Stalled(now, 9_000_000_000L)));
    all.put(
        "StopRequested",
        List.of(new Input.StopRequested(now, false), new Input.StopRequested(now, true)));
    all.put("TargetsChanged", List.of(new Input.TargetsChanged(now, false)));
    all.put("PartnerAnnounced", List.of(new Input.PartnerAnnounced(now)));
    all.put("SyncReported", List.of(new Input.SyncReported(now, 1, true)));
    all.put("StopAsked", List.of(new Input.StopAsked(now, 999)));
    all.put(
        "Ordered",
        List.of(Input.Order.values()).stream()
            .<Input>map(order -> new Input.Ordered(now, 1, order))
            .toList());
    return all;
  }

  private static List<Input> heard(Bench bench, long now) {
    return List.of(Role.values()).stream()
        .<Input>map(role -> new Input.Heard(now, 0, bench.says(role, 50)))
        .toList();
  }

  private static List<Long> answered(Bench bench) {
    var ids = new TreeSet<Long>();
    for (var id = 0L; id < bench.state.nextEffectId(); id++) {
      ids.add(id);
    }
    return List.copyOf(ids);
  }

  @Test
  void everyRoleTakesEveryInputAndWhatFollowsIsInTheTable() {
    var taken = 0;
    for (var entry : benches().entrySet()) {
      for (var bench : entry.getValue()) {
        assertThat(bench.role()).isEqualTo(entry.getKey());
        for (var millis : List.of(0L, 3L, 800L, 20_000L)) {
          var now = (bench.nowMillis + millis) * Bench.MS;
          for (var inputs : inputs(bench, now).entrySet()) {
            for (var input : inputs.getValue()) {
              takes(bench, input);
              taken++;
            }
          }
        }
      }
    }
    assertThat(taken).isGreaterThan(2000);
  }

  private static void takes(Bench bench, Input input) {
    var step = Failover.step(bench.settings, bench.state, input);
    var role = bench.role();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Journal(var change)) {
        assertThat(change.from()).as("%s on %s", bench.role(), input).isEqualTo(role);
        assertThat(TransitionTable.allows(change)).as("%s on %s", change, input).isTrue();
        role = change.to();
      }
    }
    assertThat(step.next().role()).as("%s on %s", bench.role(), input).isEqualTo(role);
    var woken = Failover.step(bench.settings, step.next(), new Input.Wake(input.nowNanos())).next();
    assertThat(Failover.wakeAt(bench.settings, woken))
        .as("%s on %s wakes later", bench.role(), input)
        .isGreaterThan(input.nowNanos());
    sleeps(bench, woken, input);
  }

  /** Until it wants to be woken, time alone changes nothing. */
  private static void sleeps(Bench bench, State state, Input input) {
    var from = input.nowNanos();
    var wakeAt = Math.min(Failover.wakeAt(bench.settings, state), from + 3600_000 * Bench.MS);
    for (var at : List.of(from, from + (wakeAt - from) / 2, wakeAt - 1)) {
      var early = Failover.step(bench.settings, state, new Input.Wake(at));
      assertThat(early.next())
          .as("%s on %s, %s later", bench.role(), input, at - from)
          .isEqualTo(state);
      assertThat(early.effects()).as("%s on %s", bench.role(), input).isEmpty();
    }
  }

  @Test
  void everyKindOfInputIsTried() {
    var bench = bench(Role.STANDBY, BACKUP);
    var records =
        List.of(Input.class.getPermittedSubclasses()).stream().map(Class::getSimpleName).toList();
    assertThat(inputs(bench, 0).keySet()).containsExactlyInAnyOrderElementsOf(records);
  }
}
