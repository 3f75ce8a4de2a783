// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.lvsdirector.config.Health.State.DOWN;
import static org.lvsdirector.config.Health.State.UP;
import static org.lvsdirector.lvsd.Pool.A;
import static org.lvsdirector.lvsd.Pool.B;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableOp;

class ReconcilerTest {
  private static final int SERVICES = 100;

  private final FakeEngine engine = new FakeEngine();
  private final Reconciler reconciler = new Reconciler(engine);
  private final Config config = config();

  private static Config config() {
    var services = new ArrayList<VirtualService>();
    for (var port = 1; port <= SERVICES; port++) {
      services.add(
          Pool.service(Pool.key(port), null, false, List.of(Pool.real(A, 1), Pool.real(B, 1))));
    }
    return Pool.config(services.toArray(VirtualService[]::new));
  }

  /** All servers but B of one service, or of none. */
  private static Inputs allBut(int port) {
    var states = new HashMap<ServerKey, Health.State>();
    for (var each = 1; each <= SERVICES; each++) {
      states.put(new ServerKey(Pool.key(each), A), UP);
      states.put(new ServerKey(Pool.key(each), B), each == port ? DOWN : UP);
    }
    return Inputs.NONE.with(new Health(states));
  }

  private Reconciler.Report reconcile(int port) {
    return reconciler.reconcile(config, allBut(port).with(config));
  }

  private void settle() {
    assertThat(reconcile(0).isSettled()).isTrue();
    while (reconciler.isChecking()) {
      assertThat(reconciler.checkSome()).isFalse();
    }
    engine.applied.clear();
    engine.looked.clear();
  }

  @Test
  void whatIsMadeIsLookedAt() {
    assertThat(reconcile(0).isSettled()).isTrue();
    assertThat(engine.looked).hasSize(Reconciler.MOST_AT_ONCE);
    while (reconciler.isChecking()) {
      assertThat(reconciler.checkSome()).isFalse();
    }
    assertThat(engine.looked).hasSize(SERVICES).doesNotHaveDuplicates();
    assertThat(engine.reads.get()).isEqualTo(1);
  }

  @Test
  void aCheckLooksAtEverythingInParts() {
    settle();
    reconciler.beginCheck();
    var parts = 0;
    while (reconciler.isChecking()) {
      assertThat(reconciler.checkSome()).isFalse();
      parts++;
    }
    assertThat(parts).isEqualTo(4);
    assertThat(engine.looked).hasSize(SERVICES).doesNotHaveDuplicates();
  }

  @Test
  void aChangeIsMadeWhileTheTableIsChecked() {
    settle();
    reconciler.beginCheck();
    assertThat(reconciler.checkSome()).isFalse();
    var report = reconcile(7);
    assertThat(report.isSettled()).isTrue();
    assertThat(report.drifted()).isZero();
    assertThat(engine.applied).containsExactly(new TableOp.DeleteServer(Pool.key(7), B));
    while (reconciler.isChecking()) {
      assertThat(reconciler.checkSome()).isFalse();
    }
    assertThat(engine.looked).hasSizeGreaterThanOrEqualTo(SERVICES);
  }

  @Test
  void whatSomebodyElseChangedIsFoundAndPutRight() {
    settle();
    var whole = engine.held();
    engine.tamper(
        whole.with(
            List.of(
                new TableOp.DeleteServer(Pool.key(90), A),
                new TableOp.AddService(
                    Pool.key(5000),
                    new Table.ServiceSettings(SchedulerName.RR, Set.of(), null, false)))));
    reconciler.beginCheck();
    var drifted = 0;
    while (reconciler.isChecking()) {
      if (reconciler.checkSome()) {
        drifted += reconcile(0).drifted();
      }
    }
    assertThat(drifted).isEqualTo(2);
    assertThat(engine.held()).isEqualTo(whole);
  }

  @Test
  void servicesThatAreGoneAreNoticedAtOnce() {
    settle();
    var whole = engine.held();
    engine.tamper(Table.EMPTY);
    reconciler.beginCheck();
    assertThat(reconcile(0).drifted()).isEqualTo(SERVICES);
    assertThat(engine.held()).isEqualTo(whole);
  }

  /** What was touched tells of the rest. */
  @Test
  void aChangeThatFindsAnotherTableMakesTheWholeBeChecked() {
    settle();
    engine.tamper(Table.EMPTY);
    reconcile(7);
    while (reconciler.isChecking()) {
      if (reconciler.checkSome()) {
        reconcile(7);
      }
    }
    assertThat(engine.held().services()).hasSize(SERVICES);
  }

  @Test
  void anEngineThatDoesNotKeepWhatItTakesIsNoDrift() {
    settle();
    var whole = engine.held();
    engine.keeping = _ -> whole;
    for (var round = 1; round <= 3; round++) {
      var report = reconcile(7);
      assertThat(report.isSettled()).isFalse();
      assertThat(report.drifted()).isZero();
      assertThat(engine.applied).hasSize(round);
    }
    assertThat(reconciler.isChecking()).isFalse();
    var other = new Table.Server(A, ForwardingMethod.NAT, 77, 0, 0);
    engine.keeping = table -> table.with(List.of(new TableOp.SetServer(Pool.key(7), other)));
    for (var round = 1; round <= 3; round++) {
      assertThat(reconcile(7).drifted()).isZero();
    }
  }

  @Test
  void aServiceThatSomebodyElseMadeMeanwhileIsTakenAsItIs() {
    settle();
    var more = new ArrayList<>(config.services());
    more.add(Pool.service(Pool.key(5000), null, false, List.of(Pool.real(A, 1))));
    var larger = Pool.config(more.toArray(VirtualService[]::new));
    var states = new HashMap<>(allBut(0).health().servers());
    states.put(new ServerKey(Pool.key(5000), A), UP);
    var inputs = allBut(0).with(new Health(states)).with(larger);
    var desired = Planner.desired(larger, inputs.health(), inputs.overrides());
    var settings = new Table.ServiceSettings(SchedulerName.RR, Set.of(), null, false);
    engine.tamper(engine.held().with(List.of(new TableOp.AddService(Pool.key(5000), settings))));
    assertThat(reconciler.reconcile(larger, inputs).isSettled()).isTrue();
    assertThat(engine.held()).isEqualTo(desired);
  }

  @Test
  void afterAFailureEverythingIsReadAnew() {
    settle();
    engine.failure = new IllegalStateException("no answer");
    assertThatIllegalStateException().isThrownBy(reconciler::beginCheck);
    engine.failure = null;
    reconcile(0);
    assertThat(engine.reads.get()).isEqualTo(2);
  }
}
