// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table.Service;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;

class TableDiffTest {
  private static final ServiceSettings OTHER =
      new ServiceSettings(SchedulerName.RR, Set.of(), null, false);
  private static final Tables TABLES = Tables.anything();
  private static final ServiceKey FIRST = TABLES.keys().get(0);
  private static final ServiceKey SECOND = TABLES.keys().get(1);
  private static final ServiceKey THIRD = TABLES.keys().get(2);
  private static final Endpoint A = TABLES.servers().get(0);
  private static final Endpoint B = TABLES.servers().get(1);
  private static final Endpoint C = TABLES.servers().get(2);

  @Test
  void capacityComesBeforeItGoes() {
    var actual =
        Table.of(
            List.of(Tables.service(FIRST, List.of(A, B)), Tables.service(SECOND, List.of(A, B))));
    var desired =
        Table.of(
            List.of(
                Service.of(FIRST, OTHER, List.of(Tables.server(B, 9), Tables.server(C, 1))),
                Tables.service(THIRD, List.of(A))));
    assertThat(TableDiff.between(actual, desired))
        .containsExactly(
            new AddService(THIRD, Tables.PLAIN),
            new AddServer(THIRD, Tables.server(A, 1)),
            new SetService(FIRST, OTHER),
            new SetServer(FIRST, Tables.server(B, 9)),
            new AddServer(FIRST, Tables.server(C, 1)),
            new DeleteServer(FIRST, A),
            new DeleteService(SECOND));
  }

  @Test
  void theDifferenceMakesTheActualTableTheDesiredOne() {
    for (var seed = 0; seed < 2000; seed++) {
      var random = new Random(seed);
      var actual = TABLES.random(random);
      var desired = TABLES.random(random);
      var changes = TableDiff.between(actual, desired);
      assertThat(actual.with(changes)).as("seed %d", seed).isEqualTo(desired);
      assertThat(TableDiff.between(desired, desired)).as("seed %d", seed).isEmpty();
      assertThat(changes).as("seed %d", seed).doesNotHaveDuplicates();
    }
  }

  @Test
  void everyChangeIsNeeded() {
    for (var seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      var actual = TABLES.random(random);
      var desired = TABLES.random(random);
      var changes = TableDiff.between(actual, desired);
      for (var left : changes) {
        var others = new ArrayList<>(changes);
        others.remove(left);
        if (left instanceof AddService) {
          others.removeIf(other -> other.key().equals(left.key()));
        }
        assertThat(actual.with(others)).as("seed %d without %s", seed, left).isNotEqualTo(desired);
      }
    }
  }

  @Test
  void whatIsEqualIsNotTouched() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var actual = TABLES.random(random);
      var desired = TABLES.random(random);
      var merged = new ArrayList<Service>();
      for (var service : desired.services().values()) {
        var kept = actual.services().get(service.key());
        merged.add(kept != null && random.nextBoolean() ? kept : service);
      }
      var target = Table.of(merged);
      var touched =
          TableDiff.between(actual, target).stream().map(TableOp::key).collect(Collectors.toSet());
      for (var key : touched) {
        assertThat(actual.services().get(key))
            .as("seed %d", seed)
            .isNotEqualTo(target.services().get(key));
      }
    }
  }

  @Test
  void aServiceLeavesWithItsServersInOneChange() {
    var actual = Table.of(List.of(Tables.service(FIRST, List.of(A, B, C))));
    assertThat(TableDiff.between(actual, Table.EMPTY)).containsExactly(new DeleteService(FIRST));
  }

  @Test
  void aChangeThatDoesNotFitIsRefused() {
    var table = Table.of(List.of(Tables.service(FIRST, List.of(A))));
    List<TableOp> misfits =
        List.of(
            new AddService(FIRST, OTHER),
            new SetService(SECOND, OTHER),
            new DeleteService(SECOND),
            new AddServer(FIRST, Tables.server(A, 1)),
            new AddServer(SECOND, Tables.server(A, 1)),
            new SetServer(FIRST, Tables.server(B, 1)),
            new SetServer(SECOND, Tables.server(A, 1)),
            new DeleteServer(FIRST, B),
            new DeleteServer(SECOND, A));
    for (var misfit : misfits) {
      assertThatIllegalArgumentException().isThrownBy(() -> table.with(List.of(misfit)));
      var draft = new TableDraft(table);
      assertThatIllegalArgumentException().isThrownBy(() -> draft.apply(misfit));
      assertThat(draft.table()).as("after %s", misfit).isEqualTo(table);
    }
  }

  @Test
  void aDeletedServiceMayReturnInTheSameChanges() {
    var table = Table.of(List.of(Tables.service(FIRST, List.of(A, B))));
    List<TableOp> changes =
        List.of(
            new DeleteServer(FIRST, A),
            new DeleteService(FIRST),
            new AddService(FIRST, OTHER),
            new AddServer(FIRST, Tables.server(C, 2)));
    assertThat(table.with(changes))
        .isEqualTo(Table.of(List.of(Service.of(FIRST, OTHER, List.of(Tables.server(C, 2))))));
  }

  /** Quadratic work would take minutes; the limit is far above what a slow machine needs. */
  @Test
  @Timeout(20)
  void tenThousandServicesAreComparedAndChangedInOneGo() {
    var actual = large(Tables.PLAIN, 1);
    var desired = large(OTHER, 2);
    assertThat(Table.EMPTY.with(TableDiff.between(Table.EMPTY, desired))).isEqualTo(desired);
    var changes = TableDiff.between(actual, desired);
    assertThat(changes).hasSize(10_000 + 50_000);
    assertThat(actual.with(changes)).isEqualTo(desired);
    assertThat(TableDiff.between(desired, Table.EMPTY)).hasSize(10_000);
  }

  @Test
  @Timeout(20)
  void manyServersOfOneServiceAreChangedInOneGo() {
    var few = Table.of(List.of(Tables.service(FIRST, List.of())));
    var many = new ArrayList<Endpoint>();
    for (var i = 0; i < 20_000; i++) {
      many.add(new Endpoint(IpAddress.ofIpv4(0x0a000000 + i), 80));
    }
    var desired = Table.of(List.of(Tables.service(FIRST, many)));
    assertThat(few.with(TableDiff.between(few, desired))).isEqualTo(desired);
  }

  private static Table large(ServiceSettings settings, int weight) {
    var services = new ArrayList<Service>();
    for (var i = 0; i < 10_000; i++) {
      var virtual = new Endpoint(IpAddress.ofIpv4(0x0a010000 + i), 80);
      var servers = new ArrayList<Table.Server>();
      for (var j = 0; j < 5; j++) {
        var real = new Endpoint(IpAddress.ofIpv4(0x0a020000 + i * 5 + j), 80);
        servers.add(Tables.server(real, weight));
      }
      services.add(Service.of(new ServiceKey.ByAddress(Protocol.TCP, virtual), settings, servers));
    }
    return Table.of(services);
  }
}
