// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.failover;

import java.util.List;

/**
 * The answer to one input.
 *
 * @param next the state from now on
 * @param effects what to do, in order
 */
public record Step(State next, List<Effect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }
}
