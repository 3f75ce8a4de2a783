// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lvsd;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.lvsdirector.config.ServerKey;

/**
 * What the operator wishes for single servers, beside the configuration.
 *
 * @param wishes by server; a wish for a server that is not configured does nothing
 */
public record Overrides(Map<ServerKey, Wish> wishes) {

  /** No wish. */
  public static final Overrides NONE = new Overrides(Map.of());

  public Overrides {
    wishes = Map.copyOf(wishes);
  }

  /** What is wished for one server. */
  public sealed interface Wish {
    /** No new connection; the present ones go on. */
    record Drain() implements Wish {}

    /**
     * Another weight than the configured one.
     *
     * @param weight 0 to 65535
     */
    record Weight(int weight) implements Wish {
      public Weight {
        if (weight < 0 || weight > 65535) {
          throw new IllegalArgumentException("weight out of range: " + weight);
        }
      }
    }
  }

  /** The wished weight of a server; empty for the configured one. */
  public OptionalInt weight(ServerKey server) {
    return switch (wishes.get(server)) {
      case Wish.Drain _ -> OptionalInt.of(0);
      case Wish.Weight(var weight) -> OptionalInt.of(weight);
      case null -> OptionalInt.empty();
    };
  }

  /** These wishes and one more, which replaces an earlier one for the same server. */
  public Overrides with(ServerKey server, Wish wish) {
    var next = new HashMap<>(wishes);
    next.put(server, wish);
    return new Overrides(next);
  }

  /** These wishes without the one for this server. */
  public Overrides without(ServerKey server) {
    var next = new HashMap<>(wishes);
    next.remove(server);
    return new Overrides(next);
  }
}
