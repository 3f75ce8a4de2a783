// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;
import java.util.stream.Collectors;
import org.lvsdirector.config.Role;

/**
 * A change of role, with what decided it.
 *
 * @param from the role before
 * @param to the role from now on
 * @param cause why
 * @param atNanos when, on the monotonic clock of {@link Input#nowNanos}
 * @param term the term after the change
 * @param facts the numbers that decided, in a fixed order for each cause
 */
public record Transition(
    Role from, Role to, Cause cause, long atNanos, long term, List<Fact> facts) {
  public Transition {
    facts = List.copyOf(facts);
  }

  /**
   * One number or name that decided.
   *
   * @param name such as {@code for}
   * @param value such as {@code 712ms}
   */
  public record Fact(String name, String value) {
    @Override
    public String toString() {
      return name + "=" + value;
    }
  }

  /** {@code role STANDBY->CLAIMING cause=partner-silent for=712ms links=public,private term=4}. */
  @Override
  public String toString() {
    var details = facts.stream().map(fact -> fact + " ").collect(Collectors.joining());
    return "role " + from + "->" + to + " cause=" + cause.code() + " " + details + "term=" + term;
  }

  /** A time as it is shown: whole milliseconds. */
  static String millis(long nanos) {
    return nanos / 1_000_000 + "ms";
  }
}
