// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code dh}: by the virtual address, all servers alike, for caches behind one address range. */
final class DestinationHashing extends HashScheduler {
  private static final int BITS = 8;

  DestinationHashing() {
    super(1 << BITS, Set.of());
  }

  @Override
  void fill(@Nullable Destination[] table, List<Destination> servers) {
    for (var i = 0; i < table.length; i++) {
      table[i] = servers.get(i % servers.size());
    }
  }

  @Override
  int address(Flow flow) {
    return AddressHash.fold(flow.destination());
  }

  @Override
  int index(int number, int round) {
    return AddressHash.hash32(number, BITS);
  }
}
