// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.Service;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableDiff;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;
import org.lvsdirector.engine.table.Tables;

/** What every forwarding engine does; its test extends this. */
public abstract class ForwardingEngineContract {
  private static final ServiceSettings ROUND_ROBIN =
      new ServiceSettings(SchedulerName.RR, Set.of(), null, false);

  private ForwardingEngine engine;
  private Tables tables;

  /** For the test of an engine. */
  protected ForwardingEngineContract() {}

  /** A fresh engine that holds nothing; closed by the contract. */
  protected abstract ForwardingEngine open();

  /** What the engine can be told; the keys are at least three, as are the servers. */
  protected abstract Tables tables();

  @BeforeEach
  void openEngine() {
    engine = open();
    tables = tables();
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void anEmptyTableReadsEmpty() {
    assertThat(engine.read()).isEqualTo(Table.EMPTY);
    assertThat(engine.stats()).isEqualTo(EngineStats.NONE);
  }

  @Test
  void whatIsAppliedIsRead() {
    var desired = Table.of(List.of(serving(key(0), servers()), empty(key(1))));
    reach(desired);
  }

  @Test
  void nothingIsLeftToDoAfterTheChanges() {
    var desired = Table.of(List.of(serving(key(0), servers())));
    reach(desired);
    assertThat(TableDiff.between(engine.read(), desired)).isEmpty();
    engine.apply(List.of());
    assertThat(engine.read()).isEqualTo(desired);
  }

  @Test
  void someServicesAreReadAlone() {
    reach(Table.of(List.of(serving(key(0), servers()), serving(key(1), List.of(server(1))))));
    assertThat(engine.services()).containsExactlyInAnyOrder(key(0), key(1));
    assertThat(engine.read(Set.of(key(1), key(2))))
        .isEqualTo(Table.of(List.of(serving(key(1), List.of(server(1))))));
    assertThat(engine.read(Set.of())).isEqualTo(Table.EMPTY);
  }

  @Test
  void settingsOfServicesAndServersChange() {
    reach(Table.of(List.of(serving(key(0), servers()))));
    engine.apply(
        List.of(
            new SetService(key(0), ROUND_ROBIN),
            new SetServer(key(0), reached(server(0), 0)),
            new SetServer(key(0), reached(server(1), 7))));
    var service = engine.read().services().get(key(0));
    assertThat(service).isNotNull();
    assertThat(service.settings()).isEqualTo(ROUND_ROBIN);
    assertThat(service.servers())
        .containsEntry(server(0), reached(server(0), 0))
        .containsEntry(server(1), reached(server(1), 7))
        .containsEntry(server(2), reached(server(2), 1));
  }

  @Test
  void serversLeaveOneByOneAndServicesWithTheirServers() {
    reach(Table.of(List.of(serving(key(0), servers()), serving(key(1), servers()))));
    engine.apply(List.of(new DeleteServer(key(0), server(1)), new DeleteService(key(1))));
    assertThat(engine.read())
        .isEqualTo(Table.of(List.of(serving(key(0), List.of(server(0), server(2))))));
    reach(Table.EMPTY);
  }

  @Test
  void whatLeftMayReturn() {
    var desired = Table.of(List.of(serving(key(0), servers())));
    reach(desired);
    engine.apply(List.of(new DeleteServer(key(0), server(0))));
    reach(desired);
    engine.apply(List.of(new DeleteService(key(0))));
    reach(desired);
  }

  @Test
  void aRefusedChangeIsNamedAndTheOthersAreDone() {
    reach(Table.of(List.of(serving(key(0), List.of(server(0))))));
    var misfit = new SetServer(key(2), reached(server(0), 5));
    var another = new AddServer(key(2), reached(server(1), 5));
    var exception =
        catchThrowableOfType(
            EngineException.class,
            () ->
                engine.apply(
                    List.of(
                        new AddServer(key(0), reached(server(1), 3)),
                        misfit,
                        new AddService(key(1), ROUND_ROBIN),
                        another,
                        new AddServer(key(1), reached(server(2), 4)))));
    assertThat(exception).isNotNull();
    assertThat(exception.refusals())
        .extracting(EngineException.Refusal::change)
        .containsExactly(misfit, another);
    assertThat(exception.refusals()).allSatisfy(r -> assertThat(r.reason()).isNotBlank());
    assertThat(engine.read())
        .isEqualTo(
            Table.of(
                List.of(
                    Service.of(
                        key(0),
                        Tables.PLAIN,
                        List.of(reached(server(0), 1), reached(server(1), 3))),
                    Service.of(key(1), ROUND_ROBIN, List.of(reached(server(2), 4))))));
  }

  @Test
  void everyServiceAndServerHasCounters() {
    reach(Table.of(List.of(serving(key(0), servers()), empty(key(1)))));
    assertCounted();
    engine.apply(List.of(new DeleteServer(key(0), server(1)), new DeleteService(key(1))));
    assertCounted();
  }

  @Test
  void itWorksOnThisMachineAndSaysItsName() {
    assertThat(engine.availability()).isEqualTo(new Availability.Usable());
    assertThat(engine.name()).isNotBlank();
  }

  @Test
  void anySequenceOfTablesIsReached() {
    for (var seed = 0; seed < 15; seed++) {
      var random = new Random(seed);
      for (var step = 0; step < 6; step++) {
        var desired = tables.random(random);
        engine.apply(TableDiff.between(engine.read(), desired));
        assertThat(engine.read()).as("seed %d step %d", seed, step).isEqualTo(desired);
        assertCounted();
      }
    }
  }

  @Test
  void itIsReadFromOtherThreadsWhileItChanges() throws Exception {
    var one = Table.of(List.of(serving(key(0), servers())));
    var other = Table.of(List.of(serving(key(1), servers())));
    reach(one);
    var done = new CountDownLatch(1);
    try (var reader = Executors.newSingleThreadExecutor()) {
      var known =
          reader.submit(
              () -> {
                var seen = new ArrayList<ServiceKey>();
                while (done.getCount() > 0) {
                  seen.addAll(engine.read().services().keySet());
                  seen.addAll(engine.stats().services().keySet());
                }
                return Set.copyOf(seen);
              });
      for (var i = 0; i < 50; i++) {
        reach(i % 2 == 0 ? other : one);
      }
      done.countDown();
      assertThat(known.get()).isSubsetOf(key(0), key(1));
    } finally {
      done.countDown();
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    engine.close();
    engine.close();
  }

  private void reach(Table desired) {
    engine.apply(TableDiff.between(engine.read(), desired));
    assertThat(engine.read()).isEqualTo(desired);
  }

  private void assertCounted() {
    var table = engine.read();
    var stats = engine.stats();
    var servers =
        table.services().values().stream()
            .flatMap(
                service ->
                    service.servers().keySet().stream()
                        .map(server -> new ServerKey(service.key(), server)))
            .collect(Collectors.toSet());
    assertThat(stats.services().keySet()).isEqualTo(table.services().keySet());
    assertThat(stats.servers().keySet()).isEqualTo(servers);
  }

  private Service empty(ServiceKey key) {
    return serving(key, List.of());
  }

  private Service serving(ServiceKey key, List<Endpoint> servers) {
    var reached = servers.stream().map(server -> reached(server, 1)).toList();
    return Service.of(key, Tables.PLAIN, reached);
  }

  /** By a method that leads from every service to every server. */
  private Server reached(Endpoint server, int weight) {
    return new Server(server, tables.methods().getFirst(), weight, 0, 0);
  }

  private ServiceKey key(int index) {
    return tables.keys().get(index);
  }

  private Endpoint server(int index) {
    return tables.servers().get(index);
  }

  private List<Endpoint> servers() {
    return List.of(server(0), server(1), server(2));
  }
}
