// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableDraft;
import org.lvsdirector.engine.table.TableOp;

/** An engine that holds a table and forwards nothing. */
public final class MemoryEngine implements ForwardingEngine {
  private static final Counters NOTHING = new Counters(0, 0, 0, 0, 0);

  private volatile Table table = Table.EMPTY;

  /** An engine whose table is empty. */
  public MemoryEngine() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void timeouts(GlobalSettings global) {}

  @Override
  public Availability availability() {
    return new Availability.Usable();
  }

  @Override
  public Table read() {
    return table;
  }

  @Override
  public void apply(List<TableOp> changes) {
    var draft = new TableDraft(table);
    var refusals = new ArrayList<Refusal>();
    for (var change : changes) {
      try {
        draft.apply(change);
      } catch (IllegalArgumentException e) {
        refusals.add(new Refusal(change, String.valueOf(e.getMessage())));
      }
    }
    table = draft.table();
    if (!refusals.isEmpty()) {
      throw new EngineException(refusals);
    }
  }

  @Override
  public EngineStats stats() {
    var services = new HashMap<ServiceKey, Counters>();
    var servers = new HashMap<ServerKey, ServerCounters>();
    for (var service : table.services().values()) {
      services.put(service.key(), NOTHING);
      for (var endpoint : service.servers().keySet()) {
        servers.put(new ServerKey(service.key(), endpoint), new ServerCounters(0, 0, 0, NOTHING));
      }
    }
    return new EngineStats(services, servers);
  }

  @Override
  public void close() {}
}
