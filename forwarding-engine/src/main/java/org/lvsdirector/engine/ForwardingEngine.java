// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.List;
import java.util.Set;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableOp;

/**
 * What moves packets to the real servers. Only lvsd's loop calls {@link #apply}; the other methods
 * may be called from any thread.
 */
public interface ForwardingEngine extends AutoCloseable {

  /** The word of {@code engine = ...} in director.conf. */
  String name();

  /** Whether this engine works on this machine, and why not. */
  Availability availability();

  /** What the engine really holds now. An empty table is empty, not an error. */
  Table read();

  /** The keys of what {@link #read()} holds. */
  default Set<ServiceKey> services() {
    return read().services().keySet();
  }

  /**
   * The part of what the engine really holds now that has these keys. Costs what these services
   * cost, however large the table is, where reading is not for nothing.
   */
  default Table read(Set<ServiceKey> some) {
    return read().only(some);
  }

  /**
   * Makes the changes in their order. A change that the engine refuses does not stop the others.
   * Nothing that the changes do not name is touched: no other service, no connection.
   *
   * @throws EngineException when at least one change was refused, naming each
   */
  void apply(List<TableOp> changes);

  /** From now on connections live as long as these settings say, those that exist too. */
  void timeouts(GlobalSettings global);

  /** Counters of every service and server, at this moment. */
  EngineStats stats();

  /** Ends the engine. What forwards in the kernel goes on forwarding. */
  @Override
  void close();
}
