// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.table;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.engine.table.Table.Service;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;

/** What must change to make one table into another. */
public final class TableDiff {
  private final List<TableOp> newServices = new ArrayList<>();
  private final List<TableOp> settings = new ArrayList<>();
  private final List<TableOp> servers = new ArrayList<>();
  private final List<TableOp> serversGone = new ArrayList<>();
  private final List<TableOp> servicesGone = new ArrayList<>();

  private TableDiff() {}

  /**
   * The fewest changes with {@code actual.with(changes)} equal to {@code desired}. What is equal in
   * both appears in none. Capacity comes before it goes: new services with their servers, then
   * other settings, then new and changed servers, then servers that leave, then services that
   * leave; within each in table order.
   */
  public static List<TableOp> between(Table actual, Table desired) {
    var diff = new TableDiff();
    for (var want : desired.services().values()) {
      var have = actual.services().get(want.key());
      if (have == null) {
        diff.add(want);
      } else {
        diff.change(have, want);
      }
    }
    for (var key : actual.services().keySet()) {
      if (!desired.services().containsKey(key)) {
        diff.servicesGone.add(new DeleteService(key));
      }
    }
    return diff.inOrder();
  }

  private void add(Service want) {
    newServices.add(new AddService(want.key(), want.settings()));
    for (var server : want.servers().values()) {
      newServices.add(new AddServer(want.key(), server));
    }
  }

  private void change(Service have, Service want) {
    if (!have.settings().equals(want.settings())) {
      settings.add(new SetService(want.key(), want.settings()));
    }
    for (var server : want.servers().values()) {
      var present = have.servers().get(server.endpoint());
      if (present == null) {
        servers.add(new AddServer(want.key(), server));
      } else if (!present.equals(server)) {
        servers.add(new SetServer(want.key(), server));
      }
    }
    for (var endpoint : have.servers().keySet()) {
      if (!want.servers().containsKey(endpoint)) {
        serversGone.add(new DeleteServer(want.key(), endpoint));
      }
    }
  }

  private List<TableOp> inOrder() {
    var changes = new ArrayList<>(newServices);
    changes.addAll(settings);
    changes.addAll(servers);
    changes.addAll(serversGone);
    changes.addAll(servicesGone);
    return List.copyOf(changes);
  }
}
