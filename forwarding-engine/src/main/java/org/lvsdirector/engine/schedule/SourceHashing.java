// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.SchedulerFlag;

/**
 * {@code sh}: by the client's address, and with a flag its port, in proportion to the weights. The
 * table has 256 entries: servers behind one of weight 256 or more get none.
 */
final class SourceHashing extends HashScheduler {
  private static final int BITS = 8;

  SourceHashing(Set<SchedulerFlag> flags) {
    super(1 << BITS, flags);
  }

  /**
   * Round and round the list, weight entries in a row each; weight 0 gets one, as in the kernel.
   */
  @Override
  void fill(@Nullable Destination[] table, List<Destination> servers) {
    var place = 0;
    var taken = 0;
    for (var i = 0; i < table.length; i++) {
      table[i] = servers.get(place);
      taken++;
      if (taken >= servers.get(place).weight()) {
        place = (place + 1) % servers.size();
        taken = 0;
      }
    }
  }

  @Override
  int address(Flow flow) {
    return AddressHash.fold(flow.source());
  }

  @Override
  int index(int number, int round) {
    return (AddressHash.hash32(number, BITS) + round) % (1 << BITS);
  }
}
