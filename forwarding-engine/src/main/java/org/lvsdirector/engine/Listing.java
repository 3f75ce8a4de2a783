// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.util.List;

/** Engines that can show their whole table, and their connections. Any thread may ask. */
public interface Listing {

  /** Everything that is in force, also what other tools made. */
  ListedTable list();

  /** Every connection, in the engine's order. */
  List<ListedConnection> connections();
}
