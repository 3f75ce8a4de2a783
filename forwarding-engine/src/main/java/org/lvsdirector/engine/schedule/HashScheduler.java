// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.SchedulerFlag;

/**
 * A scheduler that looks the flow's hash up in a table of servers. The table is filled at the first
 * lookup after a change, so that many changes in a row cost one filling.
 */
abstract sealed class HashScheduler extends ListScheduler
    permits DestinationHashing, SourceHashing, MaglevHashing {

  private final @Nullable Destination[] table;
  private final boolean isFallingBack;
  private final boolean isHashingPort;
  private boolean isStale;

  HashScheduler(int size, Set<SchedulerFlag> flags) {
    table = new @Nullable Destination[size];
    isFallingBack = flags.contains(SchedulerFlag.FALLBACK);
    isHashingPort = flags.contains(SchedulerFlag.PORT);
  }

  /** Writes every entry of the table, which is empty on entry; there is at least one server. */
  abstract void fill(@Nullable Destination[] table, List<Destination> servers);

  /** The flow as a number, without the source port. */
  abstract int address(Flow flow);

  /** The index of a number in the table, {@code round} places on: 0 at first, then fallback. */
  abstract int index(int number, int round);

  @Override
  public final @Nullable Destination schedule(Flow flow, long nowNanos) {
    refresh();
    var number = address(flow) + (isHashingPort ? flow.sourcePort() : 0);
    var first = index(number, 0);
    var server = table[first];
    if (server == null || server.isUsable()) {
      return server;
    }
    return isFallingBack ? fallback(number, first) : null;
  }

  private @Nullable Destination fallback(int number, int first) {
    for (var i = 0; i < table.length; i++) {
      var server = table[index(number, (i + first) % table.length)];
      if (server != null && server.isUsable()) {
        return server;
      }
    }
    return null;
  }

  /** The table after all changes so far; for tests. */
  final @Nullable Destination[] table() {
    refresh();
    return table.clone();
  }

  private void refresh() {
    if (isStale) {
      isStale = false;
      Arrays.fill(table, null);
      if (!servers().isEmpty()) {
        fill(table, servers());
      }
    }
  }

  @Override
  final void afterAdd(Destination destination) {
    isStale = true;
  }

  @Override
  final void afterRemove(Destination destination, int place) {
    isStale = true;
  }

  @Override
  final void afterEdit() {
    isStale = true;
  }
}
