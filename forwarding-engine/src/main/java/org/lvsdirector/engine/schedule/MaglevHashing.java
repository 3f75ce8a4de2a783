// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.SchedulerFlag;

/**
 * {@code mh}: by the client's address, and with a flag its port, such that a server that joins or
 * leaves moves few clients of the others. (Eisenbud and others, Maglev: a fast and reliable
 * software network load balancer, 2016, section 3.4.)
 */
final class MaglevHashing extends HashScheduler {

  /** Table size, a prime; the kernel's default CONFIG_IP_VS_MH_TAB_INDEX 12. */
  static final int SIZE = 4093;

  static final long OFFSET_KEY = 2654435761L;
  static final long SKIP_KEY = 2654446892L;

  private static final int WEIGHT_BITS = 6;

  MaglevHashing(Set<SchedulerFlag> flags) {
    super(SIZE, flags);
  }

  /**
   * In turns, each server takes the next free entries of its own permutation of the table. Turns
   * follow the last weights above 0, so that quiescing a server moves nobody else's clients.
   */
  @Override
  void fill(@Nullable Destination[] table, List<Destination> servers) {
    var divisor = Weights.gcd(servers, Destination::lastNonZeroWeight);
    if (divisor == 0) {
      return;
    }
    var ratio = Weights.max(servers, Destination::lastNonZeroWeight) / divisor;
    var bits = Integer.SIZE - Integer.numberOfLeadingZeros(ratio);
    var shift = Math.max(0, bits - WEIGHT_BITS);
    var rows =
        servers.stream()
            .filter(server -> server.lastNonZeroWeight() != 0)
            .map(server -> new Row(server, turns(server, divisor, shift)))
            .toList();
    var free = table.length;
    while (free > 0) {
      for (var row : rows) {
        for (var turn = 0; turn < row.turns && free > 0; turn++, free--) {
          row.takeNext(table);
        }
      }
    }
  }

  private static int turns(Destination server, int divisor, int shift) {
    return Math.max(1, server.lastNonZeroWeight() / divisor >> shift);
  }

  /** One server's walk through the table. */
  private static final class Row {
    private final Destination server;
    private final int turns;
    private final int skip;
    private int next;

    Row(Destination server, int turns) {
      var number = AddressHash.fold(server.endpoint().address()) + server.endpoint().port();
      this.server = server;
      this.turns = turns;
      this.skip = Integer.remainderUnsigned(SipHash.hash(number, SKIP_KEY), SIZE - 1) + 1;
      this.next = Integer.remainderUnsigned(SipHash.hash(number, OFFSET_KEY), SIZE);
    }

    void takeNext(@Nullable Destination[] table) {
      while (table[next] != null) {
        next = (next + skip) % SIZE;
      }
      table[next] = server;
    }
  }

  @Override
  int address(Flow flow) {
    return AddressHash.fold(flow.source());
  }

  @Override
  int index(int number, int round) {
    return Integer.remainderUnsigned(SipHash.hash(number + round, OFFSET_KEY), SIZE);
  }
}
