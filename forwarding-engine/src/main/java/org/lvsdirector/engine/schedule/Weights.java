// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import java.util.List;
import java.util.function.ToIntFunction;

/** Figures over the weights of a list of servers. */
final class Weights {
  private Weights() {}

  /** The greatest common divisor of the positive weights; 0 when there is none. */
  static int gcd(List<Destination> servers, ToIntFunction<Destination> weight) {
    var divisor = 0;
    for (var server : servers) {
      divisor = gcd(weight.applyAsInt(server), divisor);
    }
    return divisor;
  }

  /** The highest weight; 0 when there is none. */
  static int max(List<Destination> servers, ToIntFunction<Destination> weight) {
    var max = 0;
    for (var server : servers) {
      max = Math.max(max, weight.applyAsInt(server));
    }
    return max;
  }

  private static int gcd(int a, int b) {
    while (b != 0) {
      var rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
