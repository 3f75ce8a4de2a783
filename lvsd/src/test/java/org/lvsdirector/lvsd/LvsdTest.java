// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lvsdirector.config.Health.State.DOWN;
import static org.lvsdirector.config.Health.State.UP;
import static org.lvsdirector.lvsd.Pool.A;
import static org.lvsdirector.lvsd.Pool.B;
import static org.lvsdirector.lvsd.Pool.C;
import static org.lvsdirector.lvsd.Pool.WEB;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableOp;
import org.slf4j.LoggerFactory;

@Timeout(30)
class LvsdTest {
  private static final Config CONFIG = Pool.config(Pool.web(A, B, C));
  private static final Health ALL_UP = Pool.health(A, UP, B, UP, C, UP);
  private static final Table ALL_IN = Planner.desired(CONFIG, ALL_UP, Overrides.NONE);

  private final FakeEngine engine = new FakeEngine();
  private final List<Fitness> fitness = new CopyOnWriteArrayList<>();
  private final List<Lvsd> toClose = new ArrayList<>();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Lvsd.class);

  @BeforeEach
  void listen() {
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void end() {
    toClose.forEach(Lvsd::close);
    logger.detachAppender(lines);
  }

  private Lvsd start(FakeEngine engine) {
    return start(engine, Duration.ofMillis(200));
  }

  private Lvsd start(FakeEngine engine, Duration checkInterval) {
    var lvsd = Lvsd.start(engine, checkInterval, fitness::add);
    toClose.add(lvsd);
    return lvsd;
  }

  private Lvsd startWithAllUp() {
    var lvsd = start(engine);
    lvsd.config(CONFIG);
    lvsd.health(ALL_UP);
    assertThat(lvsd.reconciled().join().isSettled()).isTrue();
    assertThat(engine.held()).isEqualTo(ALL_IN);
    engine.applied.clear();
    lines.list.clear();
    return lvsd;
  }

  private List<String> logged() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Table without(Endpoint endpoint) {
    return ALL_IN.with(List.of(new TableOp.DeleteServer(WEB, endpoint)));
  }

  @Test
  void tableFollowsConfigurationAndHealth() {
    var lvsd = startWithAllUp();
    lvsd.health(Pool.health(A, UP, B, DOWN, C, UP));

    var status = lvsd.reconciled().join();

    assertThat(engine.held()).isEqualTo(without(B));
    assertThat(engine.applied).containsExactly(new TableOp.DeleteServer(WEB, B));
    assertThat(status.isSettled()).isTrue();
    assertThat(status.desired()).isEqualTo(status.held()).isEqualTo(without(B));
    assertThat(logged()).containsExactly("table TCP 127.0.0.100:8080 - 127.0.0.12:80 cause=down");
  }

  @Test
  void everyChangeIsLoggedWithItsCause() {
    var lvsd = startWithAllUp();
    lvsd.overrides(Overrides.NONE.with(new ServerKey(WEB, A), new Overrides.Wish.Drain()));
    lvsd.reconciled().join();
    lvsd.config(Pool.config(Pool.web(A, B)));
    lvsd.reconciled().join();
    lvsd.health(Pool.health(A, UP, B, DOWN));
    lvsd.reconciled().join();
    lvsd.health(Pool.health(A, UP, B, UP));
    lvsd.reconciled().join();
    assertThat(logged())
        .containsExactly(
            "table TCP 127.0.0.100:8080 ~ 127.0.0.11:80 weight=1->0 cause=override",
            "table TCP 127.0.0.100:8080 - 127.0.0.13:80 cause=config",
            "table TCP 127.0.0.100:8080 - 127.0.0.12:80 cause=down",
            "table TCP 127.0.0.100:8080 + 127.0.0.12:80 weight=1 method=NAT cause=up");
  }

  @Test
  void engineIsLeftAloneBeforeTheFirstConfiguration() {
    var running = new FakeEngine(ALL_IN);
    var lvsd = start(running);
    lvsd.health(Pool.health(A, DOWN));
    var status = lvsd.reconciled().join();
    assertThat(running.held()).isEqualTo(ALL_IN);
    assertThat(running.reads.get()).isZero();
    assertThat(status.isSettled()).isFalse();
    assertThat(fitness).isEmpty();
  }

  @Test
  void restartTouchesNothingUntilThereAreVerdicts() {
    var running = new FakeEngine(ALL_IN);
    var lvsd = start(running);
    lvsd.config(CONFIG);
    lvsd.reconciled().join();
    lvsd.health(ALL_UP);
    lvsd.reconciled().join();
    assertThat(running.applied).isEmpty();
    lvsd.health(Pool.health(A, UP, B, DOWN, C, UP));
    lvsd.reconciled().join();
    assertThat(running.applied).containsExactly(new TableOp.DeleteServer(WEB, B));
  }

  @Test
  void reloadTouchesOnlyWhatDiffers() {
    var lvsd = startWithAllUp();
    var other = Pool.service(Pool.key(9090), null, false, List.of(Pool.real(A, 1)));
    lvsd.config(Pool.config(other, Pool.web(A, B, C)));
    lvsd.reconciled().join();
    assertThat(engine.applied).hasSize(1).allMatch(op -> op.key().equals(other.key()));
  }

  @Test
  void driftIsRepairedLoggedAndCounted() {
    var lvsd = startWithAllUp();
    engine.tamper(without(B));
    await().until(() -> lvsd.status().counters().drifted() == 1);
    assertThat(engine.held()).isEqualTo(ALL_IN);
    assertThat(logged())
        .containsExactly(
            "table TCP 127.0.0.100:8080 + 127.0.0.12:80 weight=1 method=NAT cause=drift",
            "drift: somebody else made 1 changes in the table");
  }

  @Test
  void aTableThatIsClearedIsMadeAgain() {
    startWithAllUp();
    engine.tamper(Table.EMPTY);
    await().until(() -> engine.held().equals(ALL_IN));
  }

  @Test
  void driftIsFoundHoweverOftenTheTableIsChecked() {
    var lvsd = start(engine, Duration.ofNanos(1));
    lvsd.config(CONFIG);
    lvsd.health(ALL_UP);
    lvsd.reconciled().join();
    engine.tamper(without(B));
    await().until(() -> engine.held().equals(ALL_IN));
  }

  @Test
  void anEngineThatWasUnusableIsReadAnew() {
    var lvsd = start(engine, Duration.ofHours(1));
    lvsd.config(CONFIG);
    lvsd.health(ALL_UP);
    assertThat(lvsd.reconciled().join().isSettled()).isTrue();
    engine.availability = new Availability.Unusable("the module was unloaded");
    assertThat(lvsd.reconciled().join().isSettled()).isFalse();
    engine.tamper(Table.EMPTY);
    engine.availability = new Availability.Usable();
    await().until(() -> engine.held().equals(ALL_IN));
  }

  @Test
  void aChangeLooksAtNothingButWhatItTouches() {
    var lvsd = start(engine, Duration.ofHours(1));
    var other = Pool.service(Pool.key(9090), null, false, List.of(Pool.real(A, 1)));
    lvsd.config(Pool.config(other, Pool.web(A, B, C)));
    lvsd.health(ALL_UP);
    lvsd.reconciled().join();
    var reads = engine.reads.get();
    engine.looked.clear();
    lvsd.health(Pool.health(A, UP, B, DOWN, C, UP));
    assertThat(lvsd.reconciled().join().isSettled()).isTrue();
    assertThat(engine.looked).containsExactly(WEB);
    assertThat(engine.reads.get()).isEqualTo(reads);
  }

  @Test
  void aChangeThatFindsAnotherTableThanWasLeftPutsItRight() {
    var lvsd = start(engine, Duration.ofHours(1));
    lvsd.config(CONFIG);
    lvsd.health(ALL_UP);
    lvsd.reconciled().join();
    lines.list.clear();
    engine.tamper(Table.EMPTY);
    lvsd.health(Pool.health(A, UP, B, DOWN, C, UP));
    var status = lvsd.reconciled().join();
    assertThat(engine.held()).isEqualTo(without(B));
    assertThat(status.isSettled()).isTrue();
    assertThat(status.refusals()).isEmpty();
    assertThat(status.counters().drifted()).isEqualTo(1);
    assertThat(logged())
        .contains("table TCP 127.0.0.100:8080 + 127.0.0.11:80 weight=1 method=NAT cause=drift")
        .noneMatch(line -> line.contains("refused"));
  }

  @Test
  void burstOfInputsIsFewReconciliations() {
    var lvsd = startWithAllUp();
    var before = lvsd.status().counters().reconciliations();
    for (var i = 0; i < 1000; i++) {
      lvsd.health(Pool.health(A, UP, B, i % 2 == 0 ? DOWN : UP, C, UP));
    }
    lvsd.health(Pool.health(A, UP, B, UP, C, DOWN));
    var status = lvsd.reconciled().join();
    assertThat(engine.held()).isEqualTo(without(C));
    assertThat(status.counters().reconciliations() - before).isLessThan(100);
  }

  @Test
  void refusedChangeDoesNotStopTheRestAndIsRetried() {
    engine.refusing =
        op ->
            op instanceof TableOp.AddServer add && add.server().endpoint().equals(B) ? "no" : null;
    var lvsd = start(engine);
    lvsd.config(CONFIG);
    lvsd.health(ALL_UP);
    var status = lvsd.reconciled().join();
    assertThat(engine.held()).isEqualTo(without(B));
    assertThat(status.isSettled()).isFalse();
    assertThat(status.refusals()).hasSize(1);
    assertThat(status.fitness()).isEqualTo(new Fitness.Fit());

    await().until(() -> lvsd.status().counters().refused() >= 3);
    assertThat(logged()).filteredOn(line -> line.contains("refused")).hasSize(1);
    engine.refusing = _ -> null;
    await().until(() -> engine.held().equals(ALL_IN));
    await().until(() -> lvsd.status().isSettled());
    assertThat(logged().getLast()).endsWith("cause=retry");
  }

  @Test
  void engineThatRefusesRemovalsForLongIsNotFit() {
    var lvsd = startWithAllUp();
    engine.refusing = _ -> "operation not permitted";
    lvsd.health(Pool.health(A, UP, B, DOWN, C, UP));
    var expected = new Fitness.NotFit("the engine refuses a change: operation not permitted");
    await().until(() -> fitness.equals(List.of(new Fitness.Fit(), expected)));
    assertThat(lvsd.status().fitness()).isEqualTo(expected);

    engine.refusing = _ -> null;
    await().until(() -> fitness.getLast().equals(new Fitness.Fit()));
    assertThat(engine.held()).isEqualTo(without(B));
  }

  @Test
  void engineThatThrowsIsNotFitAndTheLoopGoesOn() {
    var lvsd = startWithAllUp();
    engine.failure = new IllegalStateException("netlink");
    lvsd.health(Pool.health(A, UP, B, DOWN, C, UP));
    await().until(() -> fitness.getLast() instanceof Fitness.NotFit);
    assertThat(engine.held()).isEqualTo(ALL_IN);
    assertThat(lvsd.status().counters().failures()).isGreaterThanOrEqualTo(3);
    assertThat(lvsd.status().isSettled()).isFalse();

    engine.failure = null;
    await().until(() -> fitness.getLast() instanceof Fitness.Fit);
    assertThat(engine.held()).isEqualTo(without(B));
  }

  @Test
  void unusableEngineIsNotFitAtOnceAndNotTouched() {
    engine.availability = new Availability.Unusable("no module ip_vs");
    var lvsd = start(engine);
    lvsd.config(CONFIG);
    lvsd.reconciled().join();
    assertThat(fitness)
        .containsExactly(new Fitness.NotFit("the engine is unusable: no module ip_vs"));
    assertThat(engine.reads.get()).isZero();
    engine.availability = new Availability.Usable();
    await().until(() -> fitness.getLast().equals(new Fitness.Fit()));
  }

  @Test
  void consumerThatThrowsDoesNotStopTheLoop() {
    var lvsd =
        Lvsd.start(
            engine,
            Duration.ofSeconds(5),
            _ -> {
              throw new IllegalStateException("consumer");
            });
    toClose.add(lvsd);
    lvsd.config(CONFIG);
    lvsd.health(ALL_UP);
    assertThat(lvsd.reconciled().join().isSettled()).isTrue();
  }

  @Test
  void closeLeavesTheTableAndTheEngine() {
    var lvsd = startWithAllUp();
    lvsd.close();
    assertThat(engine.held()).isEqualTo(ALL_IN);
    assertThat(engine.isClosed).isFalse();
    var late = lvsd.reconciled();
    assertThat(late).isCancelled();
  }

  @Test
  void manyServicesWithManyServersArePlannedWhole() {
    var services = new ArrayList<VirtualService>();
    var verdicts = new HashMap<ServerKey, Health.State>();
    for (var port = 1; port <= 100; port++) {
      var servers = new ArrayList<VirtualService.RealServer>();
      for (var host = 1; host <= 100; host++) {
        servers.add(Pool.real(Pool.at(host), 1));
        verdicts.put(new ServerKey(Pool.key(port), Pool.at(host)), UP);
      }
      services.add(Pool.service(Pool.key(port), null, false, servers));
    }
    var lvsd = start(engine);
    lvsd.config(Pool.config(services.toArray(VirtualService[]::new)));
    lvsd.health(new Health(verdicts));
    var status = lvsd.reconciled().join();
    assertThat(status.isSettled()).isTrue();
    assertThat(status.counters().applied()).isEqualTo(100 + 100 * 100);
  }
}
