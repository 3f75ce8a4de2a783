// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.ArrayList;
import java.util.List;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.linux.Attributes;

/**
 * What the kernel counted for a service or a server. It adds its counters up every two seconds.
 *
 * @param counters since it was added
 * @param rates the same per second, over about the last eight seconds
 */
record Traffic(Counters counters, Counters rates) {
  static final Traffic NONE = new Traffic(new Counters(0, 0, 0, 0, 0), new Counters(0, 0, 0, 0, 0));

  /**
   * Reads the statistics of a service or server.
   *
   * @param stats64 the number of the nest that Linux has since 4.1, with numbers of 64 bits
   * @param stats the number of the older nest, with numbers of 32 bits except the bytes
   * @throws IllegalArgumentException when a number in it is too short
   */
  static Traffic decode(Attributes from, int stats64, int stats) {
    if (from.has(stats64)) {
      return decode(from.nested(stats64), true);
    }
    return from.has(stats) ? decode(from.nested(stats), false) : NONE;
  }

  private static Traffic decode(Attributes from, boolean isWide) {
    var numbers = new ArrayList<Long>();
    for (var type = Abi.STATS_CONNS; type <= Abi.STATS_OUTBPS; type++) {
      var isBytes = type == Abi.STATS_INBYTES || type == Abi.STATS_OUTBYTES;
      numbers.add(isWide || isBytes ? from.u64(type) : Integer.toUnsignedLong(from.u32(type)));
    }
    return new Traffic(counters(numbers.subList(0, 5)), counters(numbers.subList(5, 10)));
  }

  private static Counters counters(List<Long> numbers) {
    return new Counters(
        numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4));
  }
}
