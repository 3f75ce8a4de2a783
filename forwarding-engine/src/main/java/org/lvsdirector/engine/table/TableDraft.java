// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.table;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.Table.Service;
import org.lvsdirector.engine.table.Table.ServiceSettings;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;

/**
 * A table while it is being changed. Opens a service for change once, however many of its servers
 * change, and shares the others with the table that it came from. Owned by one thread.
 */
public final class TableDraft {
  private final TreeMap<ServiceKey, Service> services;
  private final Map<ServiceKey, Open> opened = new TreeMap<>();

  /** A draft that begins as this table. */
  public TableDraft(Table table) {
    services = new TreeMap<>(table.services());
  }

  /**
   * Makes one change.
   *
   * @throws IllegalArgumentException when it does not fit: what is added exists, what is changed or
   *     deleted does not; the draft is then as before
   */
  public void apply(TableOp change) {
    switch (change) {
      case AddService add -> {
        require(!services.containsKey(add.key()), change, "service exists");
        services.put(add.key(), Service.of(add.key(), add.settings(), List.of()));
      }
      case SetService set -> open(set).settings = set.settings();
      case DeleteService delete -> {
        require(services.remove(delete.key()) != null, change, "no such service");
        opened.remove(delete.key());
      }
      case AddServer add -> {
        var servers = open(add).servers;
        require(!servers.containsKey(add.server().endpoint()), change, "server exists");
        servers.put(add.server().endpoint(), add.server());
      }
      case SetServer set -> {
        var servers = open(set).servers;
        require(servers.containsKey(set.server().endpoint()), change, "no such server");
        servers.put(set.server().endpoint(), set.server());
      }
      case DeleteServer delete ->
          require(open(delete).servers.remove(delete.endpoint()) != null, change, "no such server");
    }
  }

  /** The table as it is now. */
  public Table table() {
    opened.forEach((key, open) -> services.put(key, new Service(key, open.settings, open.servers)));
    opened.clear();
    return new Table(services);
  }

  private Open open(TableOp change) {
    var service = services.get(change.key());
    if (service == null) {
      throw new IllegalArgumentException(change + ": no such service");
    }
    return opened.computeIfAbsent(change.key(), _ -> new Open(service));
  }

  private static void require(boolean holds, TableOp change, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(change + ": " + otherwise);
    }
  }

  /** A service that is being changed. */
  private static final class Open {
    private ServiceSettings settings;
    private final TreeMap<Endpoint, Server> servers;

    Open(Service service) {
      settings = service.settings();
      servers = new TreeMap<>(service.servers());
    }
  }
}
