// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.List;
import java.util.Optional;

/** Engines that can show their whole table, and their connections. Any thread may ask. */
public interface Listing {

  /** Everything that is in force, also what other tools made. */
  ListedTable list();

  /** Every connection, in the engine's order. */
  List<ListedConnection> connections();

  /**
   * How full the tables are in which packets are looked up; empty where that is not told.
   *
   * @param counted what was counted at this moment, for where the kernel tells its own count to
   *     root only
   */
  Optional<TableLoad> load(EngineStats counted);
}
